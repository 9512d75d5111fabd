package dev.howdah.examples.boot;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request a trace id, which stands in its lines of the log and in its answer. An
 * application with Micrometer Tracing has that already.
 */
@Component
final class TraceFilter extends OncePerRequestFilter {

  static final String HEADER = "X-Trace-Id";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String traceId = UUID.randomUUID().toString();
    response.setHeader(HEADER, traceId);
    MDC.put("trace_id", traceId);
    MDC.put("path", request.getRequestURI());
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove("trace_id");
      MDC.remove("path");
    }
  }
}
