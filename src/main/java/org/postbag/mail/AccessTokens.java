package org.postbag.mail;

import jakarta.mail.PasswordAuthentication;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.component.mail.MailAuthenticator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs in to a mail server as an application, with an access token in place of a password (client credentials, RFC 6749, 4.4; the token is given by XOAUTH2):
 * what Microsoft 365 requires. A token is asked for when it is needed and used until a minute before it ends.
 */
public final class AccessTokens extends MailAuthenticator {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final Duration SPARE = Duration.ofMinutes(1);
    private static final int ANSWER_CHARS_MAX = 100_000;
    private static final int WARNED_DAYS = 30;
    /** Microsoft's number for a client secret that has expired. */
    private static final String SECRET_EXPIRED = "AADSTS7000222";

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,50}");

    private final Client client;
    private final HttpClient http;
    private final Clock clock;
    private @Nullable String token;
    private Instant until = Instant.MIN;
    private @Nullable LocalDate warned;

    public AccessTokens(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    }

    /**
     * The application that signs in.
     *
     * @param secret asked for each time it is needed, and not kept
     * @param mailbox the address of the mailbox, a shared one too
     * @param scope what the token is to be good for
     * @param secretEnds the last day on which the secret is good, or null where nobody said
     */
    public record Client(
            URI tokenUrl,
            String id,
            Supplier<String> secret,
            String scope,
            String mailbox,
            @Nullable LocalDate secretEnds) {}

    /** There is no token; the message says why, in words for whoever runs the route. */
    public static final class NoToken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoToken(String message) {
            super(message);
        }
    }

    /** @throws NoToken if the token server gives none */
    @Override
    public synchronized PasswordAuthentication getPasswordAuthentication() {
        warnOfTheEnd();
        var current = token;
        if (current == null || !clock.instant().isBefore(until)) {
            current = ask();
            token = current;
        }
        return new PasswordAuthentication(client.mailbox(), current);
    }

    /** The mail server didn't take the token: the next sign-in asks for another. */
    public synchronized void forget() {
        token = null;
    }

    /** Once a day in the last month. */
    private void warnOfTheEnd() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var end = client.secretEnds();
        if (end == null || today.equals(warned)) {
            return;
        }
        long days = ChronoUnit.DAYS.between(today, end);
        if (days >= 0 && days <= WARNED_DAYS) {
            LOG.warn("The client secret of application {} is good for {} more days, until {}", client.id(), days, end);
            warned = today;
        }
    }

    private String ask() {
        var form = Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        client.id(),
                        "client_secret",
                        client.secret().get(),
                        "scope",
                        client.scope())
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(client.tokenUrl())
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            return token(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException away) {
            throw new NoToken("the token server does not answer");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NoToken("the program ends");
        }
    }

    private String token(HttpResponse<String> answer) {
        var body = answer.body();
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(body.length() > ANSWER_CHARS_MAX ? "" : body);
        } catch (JacksonException notJson) {
            throw new NoToken(
                    "the token server answers with something else than a token (status " + answer.statusCode() + ")");
        }
        var given = json.path("access_token").asString("");
        if (answer.statusCode() != 200 || given.isEmpty()) {
            throw new NoToken(reason(json, answer.statusCode()));
        }
        until = clock.instant()
                .plusSeconds(Math.max(0, json.path("expires_in").asLong(0)))
                .minus(SPARE);
        return given;
    }

    /** What the server writes besides its codes is not repeated: it may name anything. */
    private static String reason(JsonNode json, int status) {
        if (json.path("error_description").asString("").contains(SECRET_EXPIRED)) {
            return "the client secret has expired; make a new one where the application is registered, and put it in the settings";
        }
        return switch (json.path("error").asString("")) {
            case "invalid_client", "unauthorized_client" -> "the token server does not know this client id and secret";
            case "invalid_scope" -> "the token server gives no token for this scope";
            case String other when ERROR.matcher(other).matches() -> "the token server refuses (" + other + ")";
            default -> "the token server refuses (status " + status + ")";
        };
    }
}
