package dev.howdah.notify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service has more errors than its rule allows.
 *
 * @param service name of the application
 * @param environment where it runs; null: not said
 * @param perSecond errors a second in the last five minutes
 * @param limit errors a second that the rule allows
 * @param titles the bugs that occurred most, at most five
 */
public record ErrorRate(
    String service,
    @Nullable String environment,
    double perSecond,
    double limit,
    List<String> titles)
    implements Subject {

  /** Copies the list. */
  public ErrorRate {
    titles = List.copyOf(titles);
  }
}
