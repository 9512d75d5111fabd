package dev.howdah.documentation;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A block of code in a document.
 *
 * @param document the file
 * @param line where it begins, from 1
 * @param language what stands behind the fence; empty for none, and for an indented block
 * @param text the code
 */
record Snippet(Path document, int line, String language, String text) {

  static List<Snippet> in(Path document) throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    parse(document)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(FencedCodeBlock block) {
                snippets.add(
                    new Snippet(document, line(block), block.getInfo(), block.getLiteral()));
              }

              @Override
              public void visit(IndentedCodeBlock block) {
                snippets.add(new Snippet(document, line(block), "", block.getLiteral()));
              }
            });
    return snippets;
  }

  /** The links of a document, as they are written. */
  static List<String> linksIn(Path document) throws IOException {
    List<String> links = new ArrayList<>();
    parse(document)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link link) {
                links.add(link.getDestination());
                visitChildren(link);
              }
            });
    return links;
  }

  String place() {
    return Repository.name(document) + ":" + line;
  }

  /** For an IDE that wants to open it. */
  URI source() {
    return URI.create(document.toUri() + "?line=" + line);
  }

  private static Node parse(Path document) throws IOException {
    return Parser.builder()
        .includeSourceSpans(IncludeSourceSpans.BLOCKS)
        .build()
        .parse(Files.readString(document));
  }

  private static int line(Node block) {
    return block.getSourceSpans().get(0).getLineIndex() + 1;
  }
}
