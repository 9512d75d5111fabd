package dev.howdah.testkit;

/**
 * How a connection through a {@link FaultyProxy} fails. From then on nothing passes in either
 * direction; whether a side is told depends on the fault.
 *
 * <table>
 * <caption>What each side is told</caption>
 * <tr><th>fault</th><th>client</th><th>server</th></tr>
 * <tr><td>{@link #RESET}</td><td>RST</td><td>RST</td></tr>
 * <tr><td>{@link #CLOSE}</td><td>FIN</td><td>FIN</td></tr>
 * <tr><td>{@link #BLACK_HOLE}</td><td>nothing</td><td>nothing</td></tr>
 * <tr><td>{@link #LOSE_CLIENT}</td><td>RST</td><td>nothing</td></tr>
 * <tr><td>{@link #LOSE_SERVER}</td><td>nothing</td><td>RST</td></tr>
 * </table>
 *
 * A side that is told nothing finds its bytes and its keepalive probes acknowledged: to its kernel
 * all is well, and only the silence tells.
 */
public enum Fault {
  /** Both sides' connections are reset. */
  RESET,
  /** Both sides' connections are closed in order, as by a server that ends them. */
  CLOSE,
  /** Both sides believe that they are connected, also when the other one closes its end. */
  BLACK_HOLE,
  /** Half-open: the client's connection is reset, the server's stays open and silent. */
  LOSE_CLIENT,
  /** Half-open the other way: the server's is reset, the client's stays open and silent. */
  LOSE_SERVER
}
