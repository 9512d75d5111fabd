package dev.howdah.benchmarks;

/** A thread that logs through Log4j2's JdbcAppender, which inserts on that same thread. */
final class JdbcAppenderThread implements Contender {

  static final String NAME = "Log4j2 JdbcAppender";

  private final Log4jJdbc log4j;
  private final Traffic traffic;
  private final int events;

  JdbcAppenderThread(Log4jJdbc log4j, LogLines lines, int events) {
    this.log4j = log4j;
    this.traffic = new Traffic(new Log4jFramework(log4j::logger), lines);
    this.events = events;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int events() {
    return events;
  }

  @Override
  public String table() {
    return Log4jJdbc.TABLE;
  }

  @Override
  public void write() {
    traffic.log(0, 1, events);
    log4j.flush();
  }
}
