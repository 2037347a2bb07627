package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.postbag.receiving.messages.WebhookAnswer;
import org.postbag.receiving.messages.WebhookCall;
import org.postbag.staff.OpenToPublic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where platforms call: hands each call to its route, which knows the secrets, and answers 2xx only once everything in it is durable. Whatever else is
 * answered, the platform sends it again.
 */
@RestController
@OpenToPublic
class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    static final int BODY_BYTES_MAX = 4 * 1024 * 1024;
    private static final int PARAMETERS_MAX = 10;
    private static final int RETRY_SECONDS = 60;
    /** Platforms give up on an answer after five to twenty seconds. */
    private static final Duration WAIT = Duration.ofSeconds(15);

    private final ProducerTemplate routes;

    Webhooks(ProducerTemplate routes) {
        this.routes = routes;
    }

    @GetMapping("/webhooks/facebook")
    ResponseEntity<?> challengeOfFacebook(HttpServletRequest request) {
        return challenge("facebook", request);
    }

    @PostMapping("/webhooks/facebook")
    ResponseEntity<?> deliveryOfFacebook(HttpServletRequest request) throws IOException {
        return delivery("facebook", request, "X-Hub-Signature-256");
    }

    @GetMapping("/webhooks/x")
    ResponseEntity<?> challengeOfX(HttpServletRequest request) {
        return challenge("x", request);
    }

    @PostMapping("/webhooks/x")
    ResponseEntity<?> deliveryOfX(HttpServletRequest request) throws IOException {
        return delivery("x", request, "x-twitter-webhooks-signature");
    }

    private ResponseEntity<?> challenge(String door, HttpServletRequest request) {
        var query = new HashMap<String, String>();
        request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
        return query.size() > PARAMETERS_MAX
                ? problem(door, HttpStatus.BAD_REQUEST, "This is not a verification request")
                : hand(door, new WebhookCall.Challenge(query));
    }

    private ResponseEntity<?> delivery(String door, HttpServletRequest request, String header) throws IOException {
        var signature = request.getHeader(header);
        if (signature == null) {
            return problem(door, HttpStatus.BAD_REQUEST, "The call is not signed. Nothing was taken in");
        }
        if (request.getContentLengthLong() > BODY_BYTES_MAX) {
            return tooLarge(door);
        }
        var body = request.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
        return body.length > BODY_BYTES_MAX ? tooLarge(door) : hand(door, new WebhookCall.Delivery(body, signature));
    }

    private ResponseEntity<?> hand(String door, WebhookCall call) {
        try {
            // A stopped route, or one that lacks a setting, is an answer at once.
            var exchange = routes.asyncSend(
                            "direct:" + door + "?block=false&failIfNoConsumers=true",
                            (Exchange e) -> e.getMessage().setBody(call))
                    .get(WAIT.toSeconds(), TimeUnit.SECONDS);
            var failure = exchange.getException();
            return failure == null && exchange.getMessage().getBody() instanceof WebhookAnswer answer
                    ? answer(door, answer)
                    : notNow(door, failure == null ? new IllegalStateException("no answer") : failure);
        } catch (ExecutionException | TimeoutException failed) {
            return notNow(door, failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return notNow(door, stopping);
        }
    }

    private static ResponseEntity<?> answer(String door, WebhookAnswer answer) {
        return switch (answer) {
            case WebhookAnswer.Proof(var type, var text) ->
                ResponseEntity.ok().contentType(MediaType.parseMediaType(type)).body(text);
            case WebhookAnswer.Taken _ ->
                ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("EVENT_RECEIVED");
            case WebhookAnswer.Refused _ ->
                problem(door, HttpStatus.FORBIDDEN, "The secret is not the one that is expected. Nothing was taken in");
            case WebhookAnswer.Malformed(var why) -> problem(door, HttpStatus.BAD_REQUEST, why);
        };
    }

    private static ResponseEntity<ProblemDetail> tooLarge(String door) {
        return problem(
                door,
                HttpStatus.CONTENT_TOO_LARGE,
                "The body may be at most " + BODY_BYTES_MAX + " bytes. Nothing was taken in");
    }

    private static ResponseEntity<ProblemDetail> notNow(String door, Exception why) {
        // The kind of fault only: a message could hold what someone wrote.
        LOG.warn(
                "A call at the webhook {} was not taken in, and is asked for again: {}",
                door,
                why.getClass().getSimpleName());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Retry-After", Integer.toString(RETRY_SECONDS))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail(
                        door, HttpStatus.SERVICE_UNAVAILABLE, "Nothing is known to be taken in. Send it again later"));
    }

    private static ResponseEntity<ProblemDetail> problem(String door, HttpStatus status, String text) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail(door, status, text));
    }

    private static ProblemDetail detail(String door, HttpStatus status, String text) {
        var problem = ProblemDetail.forStatusAndDetail(status, text);
        problem.setInstance(URI.create("/webhooks/" + door));
        return problem;
    }
}
