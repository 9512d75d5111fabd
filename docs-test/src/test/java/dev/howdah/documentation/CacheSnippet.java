package dev.howdah.documentation;

import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;

/**
 * Compiles statements on the cache and runs them in a JVM of their own, which must end without an
 * exception. They find what an application has: {@code dataSource}, {@code user}, and {@code
 * cache}, unless they open it themselves. Imports are not repeated in the documents.
 */
final class CacheSnippet {

  private static final String OPEN = "PostgresCache cache = PostgresCache.open(dataSource);";

  private final TestDatabase db;
  private final Path folder;

  CacheSnippet(TestDatabase db, Path folder) {
    this.db = db;
    this.folder = folder;
  }

  static boolean isOfCache(Snippet snippet) {
    return snippet.text().contains("cache.") || snippet.text().contains("PostgresCache");
  }

  void run(Snippet snippet) throws Exception {
    ForkedJava java = new ForkedJava(db, folder);
    java.compile(program(snippet.text()));
    java.run();
  }

  private static String program(String statements) {
    return """
        import dev.howdah.cache.*;
        import dev.howdah.cache.micrometer.*;
        import dev.howdah.cache.spring.*;
        import io.micrometer.core.instrument.*;
        import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
        import java.sql.Connection;
        import java.time.Duration;
        import java.util.*;
        import org.postgresql.ds.PGSimpleDataSource;
        import org.springframework.cache.CacheManager;
        import org.springframework.cache.annotation.EnableCaching;
        import org.springframework.context.annotation.*;
        import tools.jackson.core.type.TypeReference;
        public final class Main {
          record User(int id, String name) {}
          public static void main(String[] args) throws Exception {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setURL(System.getenv("DATABASE_URL"));
            dataSource.setUser(System.getenv("DB_USER"));
            dataSource.setPassword(System.getenv("DB_PASSWORD"));
            User user = new User(123, "Ada");
            %s
            %s
          }
        }
        """
        .formatted(statements.contains("PostgresCache cache = ") ? "" : OPEN, statements);
  }
}
