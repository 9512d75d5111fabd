package dev.howdah.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** A mail as its receiver sees it. */
record ArrivedMail(MimeMessage message) {

  /** What servers add on the way. */
  private static final Set<String> OF_SERVERS = Set.of("Return-Path", "Received");

  String subject() throws MessagingException {
    return message.getSubject();
  }

  /** The value of a header; fails where there are several. */
  String header(String name) throws MessagingException {
    String[] values = message.getHeader(name);
    if (values == null || values.length != 1) {
      throw new AssertionError(name + " is not there once");
    }
    return values[0];
  }

  Set<String> headerNames() throws MessagingException {
    Set<String> names = new TreeSet<>();
    for (Header header : Collections.list(message.getAllHeaders())) {
      names.add(header.getName());
    }
    names.removeAll(OF_SERVERS);
    return names;
  }

  String text() throws MessagingException, IOException {
    return part(0, "text/plain");
  }

  String html() throws MessagingException, IOException {
    return part(1, "text/html");
  }

  /** All of it as it came, but for what servers add, with one name for the boundary. */
  String source() throws MessagingException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    message.writeTo(bytes, OF_SERVERS.toArray(String[]::new));
    String boundary =
        new jakarta.mail.internet.ContentType(message.getContentType()).getParameter("boundary");
    return bytes.toString(UTF_8).replace("\r\n", "\n").replace(boundary, "BOUNDARY");
  }

  int size() throws MessagingException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    message.writeTo(bytes);
    return bytes.size();
  }

  private String part(int number, String type) throws MessagingException, IOException {
    MimeMultipart parts = (MimeMultipart) message.getContent();
    if (parts.getCount() != 2) {
      throw new AssertionError(parts.getCount() + " parts");
    }
    BodyPart part = parts.getBodyPart(number);
    if (!part.isMimeType(type)) {
      throw new AssertionError(part.getContentType() + " is not " + type);
    }
    return ((String) part.getContent()).replace("\r\n", "\n");
  }
}
