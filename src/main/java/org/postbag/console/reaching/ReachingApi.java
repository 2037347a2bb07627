package org.postbag.console.reaching;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.SecretChanges.Changed;
import org.postbag.console.reaching.SecretChanges.Deleted;
import org.postbag.console.reaching.SecretChanges.Used;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/connectors} and {@code /api/secrets}: what can be connected, whether it answers, and new values for secrets. */
@RestController
@Profile("!command")
class ReachingApi {

    private final Connectors connectors;
    private final ConnectionTest test;
    private final SecretChanges changes;
    private final CurrentStaff staff;

    ReachingApi(Connectors connectors, ConnectionTest test, SecretChanges changes, CurrentStaff staff) {
        this.connectors = connectors;
        this.test = test;
        this.changes = changes;
        this.staff = staff;
    }

    record Described(
            String name,
            String label,
            String description,
            String type,
            @Nullable String defaultValue,
            boolean required,
            boolean secret,
            List<String> choices) {}

    record Listed(String id, String channel, String title, String description, List<Described> parameters) {}

    record Answer(List<Listed> connectors) {}

    record Given(@Nullable Map<String, String> values) {}

    record Tested(String outcome, List<Outcome.Step> steps, List<WouldBeItem> wouldBe, Map<String, String> problems) {}

    record Value(@Nullable String value, @Nullable String reason) {}

    record Restarted(String name, List<String> restarted, List<String> busy, List<String> elsewhere) {}

    record Why(@Nullable String reason) {}

    record Gone(String name) {}

    @GetMapping("/api/connectors")
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Answer connectors() {
        return new Answer(connectors.all().stream()
                .map(one -> new Listed(
                        one.id(),
                        one.channel().code(),
                        one.title(),
                        one.description(),
                        one.asked().stream().map(ReachingApi::described).toList()))
                .toList());
    }

    private static Described described(Parameter one) {
        return new Described(
                one.name(),
                one.label(),
                one.description(),
                one.type().code(),
                one.defaultValue(),
                one.required(),
                one.secret(),
                one.choices());
    }

    @PostMapping("/api/connectors/{id}/test")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER})
    Tested test(@PathVariable("id") String id, @RequestBody Given given) {
        if (connectors.named(id).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no connector of this name");
        }
        return switch (test.test(id, Objects.requireNonNullElse(given.values(), Map.of()))) {
            case Outcome.Reached(var steps, var items) ->
                new Tested("reached", steps, items.stream().map(WouldBeItem::of).toList(), Map.of());
            case Outcome.NotReached(var steps) -> new Tested("not-reached", steps, List.of(), Map.of());
            case Outcome.NothingToReach(var steps) -> new Tested("nothing-to-reach", steps, List.of(), Map.of());
            case Outcome.Mistaken(var problems) -> new Tested("mistaken", List.of(), List.of(), problems);
            case Outcome.Busy _ ->
                throw new ResponseStatusException(
                        HttpStatus.CONFLICT,
                        "As many connections as may be tested at once are being tested. Try again in a minute");
        };
    }

    @PutMapping("/api/secrets/{name}")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER})
    Restarted change(@PathVariable("name") String name, @RequestBody Value given) {
        var changed = changes.change(
                name,
                Objects.requireNonNullElse(given.value(), ""),
                Objects.requireNonNullElse(given.reason(), ""),
                staff.member().actor());
        return switch (changed) {
            case Changed.Done done -> new Restarted(name, done.restarted(), done.busy(), done.elsewhere());
            case Changed.Wrong wrong -> throw new ResponseStatusException(HttpStatus.BAD_REQUEST, wrong.words());
            case Changed.Elsewhere elsewhere ->
                throw new ResponseStatusException(
                        HttpStatus.CONFLICT, "This secret comes from " + elsewhere.source() + ": change it there");
        };
    }

    @PostMapping("/api/secrets/{name}/delete")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER})
    Gone delete(@PathVariable("name") String name, @RequestBody Why given) {
        return switch (changes.delete(
                name,
                Objects.requireNonNullElse(given.reason(), ""),
                staff.member().actor())) {
            case Deleted.Done _ -> new Gone(name);
            case Deleted.NotThere _ ->
                throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no secret of this name");
            case Deleted.Wrong(var words) -> throw new ResponseStatusException(HttpStatus.BAD_REQUEST, words);
            case Deleted.Elsewhere(var source) ->
                throw new ResponseStatusException(
                        HttpStatus.CONFLICT, "This secret comes from " + source + ": delete it there");
            case Deleted.InUse(var by) ->
                throw new ResponseStatusException(
                        HttpStatus.CONFLICT,
                        "Nothing was deleted, since it is in use: "
                                + String.join("; ", by.stream().map(Used::title).toList()));
        };
    }
}
