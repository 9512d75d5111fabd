package dev.howdah.testkit;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link RecordingServer} does with a request that it has recorded. Immutable.
 *
 * @param conduct whether it answers at all
 * @param status status code
 * @param headers by name
 * @param body sent as UTF-8
 */
public record ScriptedAnswer(
    Conduct conduct, int status, Map<String, String> headers, String body) {

  /** Whether and how there is an answer. */
  public enum Conduct {
    /** As any server. */
    ANSWER,
    /** Says nothing, and keeps the connection open until the server is closed. */
    HANG,
    /** Sends status, headers and body, and never ends the body. */
    TRICKLE,
    /** Closes the connection without a word. */
    CUT
  }

  /** Copies the headers. */
  public ScriptedAnswer {
    headers = Map.copyOf(headers);
  }

  /**
   * Makes an answer without a body.
   *
   * @param status status code
   * @return the answer
   */
  public static ScriptedAnswer status(int status) {
    return status(status, "");
  }

  /**
   * Makes an answer.
   *
   * @param status status code
   * @param body the text
   * @return the answer
   */
  public static ScriptedAnswer status(int status, String body) {
    return new ScriptedAnswer(Conduct.ANSWER, status, Map.of(), body);
  }

  /**
   * Sends the client elsewhere.
   *
   * @param status such as 307
   * @param location where
   * @return the answer
   */
  public static ScriptedAnswer redirect(int status, URI location) {
    return status(status).with("Location", location.toString());
  }

  /**
   * Lets the client wait for an answer.
   *
   * @return the answer that never comes
   */
  public static ScriptedAnswer hang() {
    return new ScriptedAnswer(Conduct.HANG, 0, Map.of(), "");
  }

  /**
   * Lets the client wait for the end of an answer.
   *
   * @return the answer that never ends
   */
  public static ScriptedAnswer trickle() {
    return new ScriptedAnswer(Conduct.TRICKLE, 200, Map.of(), "o");
  }

  /**
   * Takes the request and closes the connection.
   *
   * @return the answer that is none
   */
  public static ScriptedAnswer cut() {
    return new ScriptedAnswer(Conduct.CUT, 0, Map.of(), "");
  }

  /**
   * Adds a header.
   *
   * @param name its name
   * @param value its value
   * @return this answer with it
   */
  public ScriptedAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ScriptedAnswer(conduct, status, more, body);
  }
}
