package dev.howdah.examples.boot;

/** An order stays unpaid. */
final class PaymentFailedException extends RuntimeException {

  PaymentFailedException(int order, Throwable cause) {
    super("order " + order + " stays unpaid", cause);
  }
}
