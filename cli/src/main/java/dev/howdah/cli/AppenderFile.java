package dev.howdah.cli;

import dev.howdah.ChannelConfig;
import dev.howdah.ChannelSetting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A {@code logback.xml} or {@code log4j2.xml}, of which the channels within Howdah's appenders are
 * read. An attribute and an element with text are the same here, so that both frameworks' files
 * are. Files that it includes are not read, and conditions in it not heeded.
 */
final class AppenderFile {

  private static final String LOGBACK_APPENDER = "PostgresAppender";
  private static final String LOG4J2_APPENDER = "Postgres";
  private static final String ANY_KIND = "channel";

  private final Document document;
  private final Variables variables;

  private AppenderFile(Document document) {
    this.document = document;
    variables = new Variables(definitions());
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it is not there, or no XML
   */
  static AppenderFile read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new NoSuchFileException("there is no file " + file + " that can be read");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new AppenderFile(parser().parse(in));
    } catch (SAXException e) {
      throw new IOException(file + " is no XML: " + e.getMessage(), e);
    }
  }

  private static DocumentBuilder parser() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      // No file of the application's may have this command read others.
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's parser of XML is not as it should be", e);
    }
  }

  /** In the order of the file. */
  List<ConfiguredChannel> channels() {
    List<ConfiguredChannel> channels = new ArrayList<>();
    for (Element appender : elements(document.getElementsByTagName("*"))) {
      if (isHowdahs(appender)) {
        Map<String, String> settings = settings(appender);
        for (Element child : elements(appender.getChildNodes())) {
          if (isChannel(child)) {
            channels.add(
                new ConfiguredChannel(
                    config(child), settings.get("service"), settings.get("environment")));
          }
        }
      }
    }
    return channels;
  }

  private static boolean isHowdahs(Element appender) {
    return appender.getAttribute("class").endsWith(LOGBACK_APPENDER)
        || typeOf(appender).equalsIgnoreCase(LOG4J2_APPENDER);
  }

  private static boolean isChannel(Element element) {
    String type = lowerCase(typeOf(element));
    return type.equals(ANY_KIND) || ChannelSetting.ownKinds().contains(type);
  }

  /** Log4j2's strict files have it in an attribute. */
  private static String typeOf(Element element) {
    return element.hasAttribute("type") ? element.getAttribute("type") : element.getTagName();
  }

  private ChannelConfig config(Element channel) {
    Map<String, String> settings = settings(channel);
    settings.remove("type");
    String kind = settings.remove("kind");
    String type = lowerCase(typeOf(channel));
    return new ChannelConfig(type.equals(ANY_KIND) && kind != null ? kind : type, settings);
  }

  private Map<String, String> settings(Element element) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      settings.put(attribute.getNodeName(), value(attribute.getNodeValue()));
    }
    for (Element child : elements(element.getChildNodes())) {
      List<Element> within = elements(child.getChildNodes());
      if (within.isEmpty()) {
        settings.put(child.getTagName(), value(child.getTextContent()));
      } else if (child.getTagName().equals("setting")) {
        Map<String, String> setting = settings(child);
        settings.put(setting.getOrDefault("name", ""), setting.getOrDefault("value", ""));
      }
    }
    return settings;
  }

  /** What the file itself defines: Logback's {@code <property>}, Log4j2's {@code <Property>}. */
  private Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    for (Element element : elements(document.getElementsByTagName("*"))) {
      String tag = lowerCase(element.getTagName());
      if ((tag.equals("property") || tag.equals("variable")) && element.hasAttribute("name")) {
        definitions.put(
            element.getAttribute("name"),
            element.hasAttribute("value")
                ? element.getAttribute("value")
                : element.getTextContent().strip());
      }
    }
    return definitions;
  }

  private String value(String text) {
    return variables.replaceIn(text.strip());
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }
}
