package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import dev.howdah.testkit.TestDatabase;
import dev.howdah.testkit.TestJndi;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.slf4j.MDC;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * Configures Logback as the snippet says, or Log4j2, whose elements begin with a capital: nothing
 * may be complained of, and a line that is logged must be in the database. A dependency's
 * coordinates must be those of a module, or of a library that a module's tests are also run on.
 */
final class XmlSnippet {

  private final TestDatabase db;
  private final Path folder;

  XmlSnippet(TestDatabase db, Path folder) {
    this.db = db;
    this.folder = folder;
  }

  void run(Snippet snippet) throws Exception {
    Document xml = parse(snippet.text());
    String root = xml.getDocumentElement().getTagName();
    switch (root) {
      case "dependency" -> dependency(xml.getDocumentElement());
      case "configuration" -> logback(xml, snippet.text());
      case "appender" -> logback(xml, configuration(xml, snippet.text()));
      case "Configuration" -> new Log4j2Snippet(db, folder).run("xml", snippet.text());
      case "Postgres" ->
          new Log4j2Snippet(db, folder).run("xml", Log4j2Snippet.fileOf(snippet.text()));
      default -> throw new AssertionError("nothing runs the element '" + root + "'");
    }
  }

  private static String configuration(Document xml, String appender) {
    String name = xml.getDocumentElement().getAttribute("name");
    return "<configuration>%s<root level='INFO'><appender-ref ref='%s'/></root></configuration>"
        .formatted(appender, name);
  }

  private void logback(Document xml, String configuration) throws Exception {
    // From a file, as a user has it: one that scans has to find it again.
    File file = Files.createTempFile(folder, "logback", ".xml").toFile();
    Files.writeString(file.toPath(), configuration);
    String line = "documented " + UUID.randomUUID();
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    context.putProperty("DATABASE_URL", db.url());
    context.putProperty("DB_USER", db.username());
    context.putProperty("DB_PASSWORD", LoggedShop.passwordOf(db));
    context.putProperty("SLACK_URL", Receiver.url());
    context.putProperty("MAIL_PASSWORD", "secret");
    TestJndi.knows(db.dataSource());
    try {
      SpringLikeConfigurator configurator = new SpringLikeConfigurator(db);
      configurator.setContext(context);
      configurator.doConfigure(file);
    } finally {
      TestJndi.isGone();
    }
    context.getLogger("com.example.Checkout").error(line);
    context.stop();

    assertThat(context.getStatusManager().getCopyOfStatusList())
        .filteredOn(status -> status.getLevel() >= Status.WARN)
        .isEmpty();
    assertThat(
            db.count(
                "SELECT count(*) FROM \"%s\".logs WHERE message = '%s'"
                    .formatted(text(xml, "schema", "monitoring"), line)))
        .isEqualTo(1);
  }

  private static void dependency(Element dependency) throws Exception {
    XPath path = XPathFactory.newInstance().newXPath();
    List<String> built = new ArrayList<>();
    NodeList modules = parse(pom("")).getElementsByTagName("module");
    for (int i = 0; i < modules.getLength(); i++) {
      Document module = parse(pom(modules.item(i).getTextContent()));
      built.add(
          path.evaluate("/project/parent/groupId", module)
              + ":"
              + path.evaluate("/project/artifactId", module)
              + ":"
              + path.evaluate("/project/parent/version", module));
      NodeList tried = module.getElementsByTagName("additionalClasspathDependency");
      for (int k = 0; k < tried.getLength(); k++) {
        built.add(coordinates(path, tried.item(k)));
      }
    }
    assertThat(built).contains(coordinates(path, dependency));
  }

  private static String coordinates(XPath path, Node dependency) throws XPathExpressionException {
    return path.evaluate("groupId", dependency)
        + ":"
        + path.evaluate("artifactId", dependency)
        + ":"
        + path.evaluate("version", dependency);
  }

  private static String pom(String module) throws IOException {
    return Files.readString(Repository.ROOT.resolve(module).resolve("pom.xml"));
  }

  private static String text(Document xml, String tag, String otherwise) {
    NodeList found = xml.getElementsByTagName(tag);
    return found.getLength() == 0 ? otherwise : found.item(0).getTextContent();
  }

  private static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }
}
