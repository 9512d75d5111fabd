package dev.howdah.examples.shop;

import java.util.Map;

/** Answers the requests to a shop, and logs them in the manner of one framework. Thread-safe. */
@FunctionalInterface
public interface RequestHandler {

  /**
   * Answers a request and logs it: once as completed, and if it failed once more with its
   * exception.
   *
   * @param path what is asked for, such as {@code /order}
   * @param query the names and values behind the path
   * @return the status of HTTP
   */
  int answer(String path, Map<String, String> query);
}
