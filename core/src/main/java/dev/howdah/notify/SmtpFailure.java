package dev.howdah.notify;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an attempt to send came to, and puts it into words. An answer of 5xx (RFC 5321,
 * section 4.2.1) is final when it is to a recipient or to the text; that to a login or to the
 * sender speaks of the configuration, which may be mended.
 */
final class SmtpFailure {

  private static final int LONGEST_ANSWER = 300;
  private static final int OK = 250;

  private final MessagingException thrown;

  /** That to the sender or the text; null where, at most, recipients were refused. */
  private final @Nullable SMTPSendFailedException answer;

  private final List<SMTPAddressFailedException> refusals;

  SmtpFailure(MessagingException thrown) {
    this.thrown = thrown;
    this.answer =
        thrown instanceof SMTPSendFailedException failed && failed.getReturnCode() != OK
            ? failed
            : null;
    this.refusals = refusals(thrown);
  }

  /** The recipients for whom the server has taken the mail all the same. */
  Set<InternetAddress> delivered() {
    Set<InternetAddress> delivered = new LinkedHashSet<>();
    if (thrown instanceof SendFailedException partly && partly.getValidSentAddresses() != null) {
      for (Address address : partly.getValidSentAddresses()) {
        delivered.add((InternetAddress) address);
      }
    }
    return delivered;
  }

  /** Whether another attempt is useless. */
  boolean isFinal() {
    if (answer != null) {
      return isFinal(answer.getReturnCode()) && !answer.getCommand().startsWith("MAIL");
    }
    return !refusals.isEmpty()
        && refusals.stream().allMatch(refusal -> isFinal(refusal.getReturnCode()));
  }

  /** One line: what the server said, or why it could not be asked. */
  String describe() {
    if (answer != null || refusals.isEmpty()) {
      return describe(thrown);
    }
    return refusals.stream()
        .map(refusal -> refusal.getAddress().getAddress() + ": " + describe(refusal))
        .collect(Collectors.joining("; ", "refused for ", ""));
  }

  private static boolean isFinal(int code) {
    return code >= 500 && code < 600;
  }

  private static List<SMTPAddressFailedException> refusals(MessagingException thrown) {
    List<SMTPAddressFailedException> refusals = new ArrayList<>();
    Exception next = thrown;
    while (next instanceof MessagingException one) {
      if (one instanceof SMTPAddressFailedException refusal) {
        refusals.add(refusal);
      }
      next = one.getNextException();
    }
    return refusals;
  }

  /** The messages of what was thrown and its causes, but for refusals of others. */
  private static String describe(MessagingException thrown) {
    Set<String> messages = new LinkedHashSet<>();
    Throwable next = thrown;
    while (next != null && (next == thrown || !(next instanceof SMTPAddressFailedException))) {
      String message = next.getMessage() == null ? next.getClass().getName() : next.getMessage();
      messages.add(SafeText.line(message.strip(), LONGEST_ANSWER));
      next = next.getCause();
    }
    return String.join(": ", messages);
  }
}
