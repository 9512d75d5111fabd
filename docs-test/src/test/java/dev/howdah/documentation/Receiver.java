package dev.howdah.documentation;

import dev.howdah.testkit.RecordingServer;
import dev.howdah.testkit.ScriptedAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Takes what the channels of the documents send; there until the tests end. */
final class Receiver {

  private static final RecordingServer SERVER = start();

  private Receiver() {}

  static String url() {
    return SERVER.uri("/services/T000/B000/XXXX").toString();
  }

  private static RecordingServer start() {
    try {
      RecordingServer server = new RecordingServer();
      server.answerAlways(ScriptedAnswer.status(200, "ok"));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
