package dev.howdah.testkit.conformance;

/**
 * Where a framework by its own nature does not do what others do. A {@link Driver} names those of
 * its framework with the reason, and the suite then asserts the other behaviour.
 */
public enum Difference {
  /**
   * There is no level FATAL: the driver logs such a call as ERROR, and so it is stored. Else it is
   * stored as FATAL.
   */
  NO_FATAL,

  /**
   * A call that is made while the appender works on another of the same thread, such as by the
   * {@code toString()} of an argument, is refused by the framework before Howdah sees it: it is
   * neither stored nor counted. Else it is stored like any other.
   */
  NESTED_CALLS_REFUSED,

  /**
   * The framework turns arguments into text before it calls the appender: what an argument's {@code
   * toString()} logs is no nested call, and is stored whatever {@link #NESTED_CALLS_REFUSED} says;
   * and a recursion without end is ended by the framework or by the stack. Else Howdah ends it.
   */
  ARGUMENTS_FORMATTED_BEFORE,

  /**
   * A template that ends in an escaped brace and has arguments fails within the framework: the call
   * never gets to an appender. Else it is stored like any other.
   */
  OPEN_TEMPLATES_FAIL,

  /** A message that is null is stored as the text "null". Else as SQL's NULL. */
  NULL_MESSAGE_IS_TEXT,

  /**
   * While the framework takes up a changed file there is a moment without an appender, and calls
   * that fall into it never reach Howdah. Else each call reaches the old appender or the new one.
   */
  RELOAD_HAS_A_GAP
}
