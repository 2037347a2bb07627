package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.web.FormIntake.Taking;
import org.postbag.staff.OpenToPublic;
import org.postbag.staff.PageError;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contact form for programs: the same checks and the same answer as the page, in JSON, with RFC 9457 problem details. */
@RestController
@OpenToPublic
class ContactEndpoint {

    private static final int BODY_BYTES_MAX = 256 * 1024;
    private static final long RETRY_SECONDS = 60;

    private final FormIntake intake;
    private final FormTopics topics;
    private final Phrasebook phrasebook;
    private final RandomGenerator random;

    ContactEndpoint(FormIntake intake, FormTopics topics, Phrasebook phrasebook, RandomGenerator random) {
        this.intake = intake;
        this.topics = topics;
        this.phrasebook = phrasebook;
        this.random = random;
    }

    @PostMapping(
            path = "/api/contact-form",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> send(HttpServletRequest request) throws IOException {
        var body = request.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            return problem(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The request body may be at most " + BODY_BYTES_MAX + " bytes. Nothing was taken in",
                    List.of());
        }
        return switch (JsonForm.parse(body, topics, phrasebook.english())) {
            case JsonForm.NotJson(var why) -> problem(HttpStatus.BAD_REQUEST, why, List.of());
            case JsonForm.Wrong(var errors) -> invalid(errors);
            case JsonForm.Read(var form, var answerErrors) -> checked(form, answerErrors, request.getRemoteAddr());
        };
    }

    private ResponseEntity<?> checked(ContactForm form, List<PageError> answerErrors, String address) {
        var errors = new ArrayList<>(answerErrors);
        errors.addAll(FormCheck.check(form, phrasebook.english()));
        if (form.key().length() > ContactForm.KEY_LENGTH_MAX) {
            errors.add(new PageError("key", "The key may be " + ContactForm.KEY_LENGTH_MAX + " characters"));
        }
        if (!errors.isEmpty()) {
            return invalid(errors);
        }
        var keyed = form.key().isEmpty() ? form.withKey(FormKey.random(random).value()) : form;
        return switch (intake.take(keyed, address)) {
            case Taking.Taken(var receipt) ->
                ResponseEntity.accepted()
                        .body(Map.of("reference", receipt.reference().value()));
            case Taking.NotNow _ ->
                again(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        RETRY_SECONDS,
                        "Nothing is known to be taken in. Send the same request with the same key again later");
            case Taking.TooMany(var pause) ->
                again(
                        HttpStatus.TOO_MANY_REQUESTS,
                        pause.toSeconds() + 1,
                        "Very many forms came from this network in a short time. Nothing was taken in. Send it again later");
        };
    }

    private static ResponseEntity<ProblemDetail> again(HttpStatus status, long seconds, String text) {
        return ResponseEntity.status(status)
                .header("Retry-After", Long.toString(seconds))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail(status, text, List.of()));
    }

    private static ResponseEntity<ProblemDetail> invalid(List<PageError> errors) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, "Some fields must be put right", errors);
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String text, List<PageError> errors) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail(status, text, errors));
    }

    private static ProblemDetail detail(HttpStatus status, String text, List<PageError> errors) {
        var problem = ProblemDetail.forStatusAndDetail(status, text);
        problem.setInstance(URI.create("/api/contact-form"));
        if (!errors.isEmpty()) {
            problem.setProperty(
                    "errors",
                    errors.stream()
                            .map(e -> Map.of("field", e.field(), "pointer", "#/" + e.field(), "detail", e.text()))
                            .toList());
        }
        return problem;
    }
}
