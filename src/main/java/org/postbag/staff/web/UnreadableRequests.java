package org.postbag.staff.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * What the server refuses before it comes to {@link ErrorPages}, such as an address or a header that can't be, is answered in words as well: the API with
 * a problem (RFC 9457), everybody else with a plain page.
 */
@Component
class UnreadableRequests implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRequests.class);

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new InWords()));
    }

    private static final class InWords extends ErrorReportValve {

        private static final String PROBLEM = """
                {"title": "%s", "status": %d, "detail": "The request can’t be understood: its address or a header is not as HTTP has it. Nothing was changed"}""";

        private static final String PAGE = """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>We could not understand that</title></head>
                <body>
                <h1>We could not understand that</h1>
                <p>The address is not one that can be, or something else in what was sent is not as expected. Nothing was changed.</p>
                <p>Check the address, or <a href="/">start from the first page</a>.</p>
                </body>
                </html>
                """;

        @Override
        protected void report(Request request, Response response, @Nullable Throwable throwable) {
            var status = HttpStatus.resolve(response.getStatus());
            if (status == null
                    || !status.isError()
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            var path = request.getRequestURI();
            boolean isCall = path != null && path.startsWith("/api/");
            response.setContentType(isCall ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : "text/html;charset=utf-8");
            var words = isCall ? PROBLEM.formatted(status.getReasonPhrase(), status.value()) : PAGE;
            try {
                response.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
                response.finishResponse();
            } catch (IOException | IllegalStateException gone) {
                LOG.debug("Who sent an unreadable request is gone, or is answered already");
            }
        }
    }
}
