package dev.howdah.benchmarks;

/** A logging call as the users of a framework write it, and what lies behind it. */
interface PaymentLog extends AutoCloseable {

  /** Sets what the events of the calling thread have in common. */
  void startRequest();

  /**
   * Logs that a payment was accepted: two arguments, and four values beside them.
   *
   * @param order the order's number
   */
  void accepted(int order);

  /** {@return whether events were logged that are not yet dealt with} */
  boolean isBusy();

  /** {@return events lost so far} */
  long dropped();

  @Override
  void close();
}
