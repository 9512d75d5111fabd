package dev.howdah.cli;

import dev.howdah.HowdahConfig;
import dev.howdah.testkit.TestDatabase;

/** Settings by which a database is reached. */
final class LocalConfig {

  private LocalConfig() {}

  static HowdahConfig of(TestDatabase db) {
    return HowdahConfig.builder()
        .set("url", db.url())
        .set("username", db.username())
        .set("password", db.password().isEmpty() ? "none" : db.password())
        .build();
  }
}
