package org.postbag.console.changing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.Parameter;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The policy of a route that an expert writes whole, without a connector: the schemes, options and steps that connectors have, and nothing else. */
final class FullRoute {

    private static final Pattern ADDRESS = Pattern.compile("(mailbox|timer|direct|file)(?::(.*))?", Pattern.DOTALL);
    private static final Pattern MAILBOX = Pattern.compile("imaps?://([^/:@?]+):([0-9]{1,5})");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern RAW = Pattern.compile("RAW\\(([^()]*)\\)");
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} .,:;!?'’–-]{0,200}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Set<String> LEVELS = Set.of("OFF", "DEBUG", "INFO", "WARN", "ERROR");

    /** What an option may be: like that parameter of that connector, a number, or one of a few values. */
    private sealed interface Option {
        record Like(String connector, String parameter) implements Option {}

        record Digits() implements Option {}

        record OneOf(Set<String> values) implements Option {}
    }

    private static final Option DIGITS = new Option.Digits();
    private static final Option NO = new Option.OneOf(Set.of("false"));

    private static final Map<String, Option> MAILBOX_OPTIONS = Map.ofEntries(
            Map.entry("username", new Option.Like("email", "username")),
            Map.entry("password", new Option.Like("email", "password")),
            Map.entry("certificates", new Option.Like("email", "certificates")),
            Map.entry("folderName", new Option.Like("email", "folder")),
            Map.entry("moveTo", new Option.Like("email", "movedTo")),
            Map.entry("tokenUrl", new Option.Like("email-oauth", "tokenUrl")),
            Map.entry("clientId", new Option.Like("email-oauth", "clientId")),
            Map.entry("clientSecret", new Option.Like("email-oauth", "clientSecret")),
            Map.entry("secretEnds", new Option.Like("email-oauth", "secretEnds")),
            Map.entry("scope", new Option.Like("email-oauth", "scope")),
            Map.entry("connectionTimeout", DIGITS),
            Map.entry("delay", DIGITS),
            Map.entry("initialDelay", DIGITS),
            Map.entry("backoffErrorThreshold", DIGITS),
            Map.entry("backoffMultiplier", DIGITS),
            Map.entry("runLoggingLevel", new Option.OneOf(LEVELS)));

    /** A file is never moved or deleted by the endpoint, only by the step that took it in: noop. */
    private static final Map<String, Option> FILE_OPTIONS = Map.ofEntries(
            Map.entry("directoryName", new Option.Like("telephone", "folder")),
            Map.entry(
                    "exclude",
                    new Option.OneOf(
                            Set.of("(?i)\\..*|~.*|.*\\.(part|partial|filepart|tmp|temp|crdownload|camelLock)"))),
            Map.entry("recursive", NO),
            Map.entry("noop", new Option.OneOf(Set.of("true"))),
            Map.entry("idempotent", NO),
            Map.entry("readLock", new Option.OneOf(Set.of("changed"))),
            Map.entry("readLockMinAge", DIGITS),
            Map.entry("readLockMinLength", DIGITS),
            Map.entry("readLockCheckInterval", DIGITS),
            Map.entry("readLockTimeout", DIGITS),
            Map.entry("readLockMarkerFile", NO),
            Map.entry("readLockLoggingLevel", new Option.OneOf(LEVELS)),
            Map.entry("sortBy", new Option.OneOf(Set.of("file:modified;file:name"))),
            Map.entry("maxMessagesPerPoll", DIGITS),
            Map.entry("delay", DIGITS));

    private static final Map<String, Map<String, Option>> OPTIONS = Map.of(
            "mailbox",
            MAILBOX_OPTIONS,
            "file",
            FILE_OPTIONS,
            "timer",
            Map.of("period", DIGITS, "delay", DIGITS),
            "direct",
            Map.of());

    private final RoutePolicy policy;

    FullRoute(RoutePolicy policy) {
        this.policy = policy;
    }

    void route(Node node) {
        var route = policy.entries(node, "route", Set.of("id", "description", "errorHandler", "from"));
        policy.named(route.get("id"), node, "id");
        plain(route.get("description"), "description");
        var handler = route.get("errorHandler");
        if (handler != null) {
            var none = policy.entries(handler, "errorHandler", Set.of("noErrorHandler"))
                    .get("noErrorHandler");
            if (none != null) {
                policy.entries(none, "noErrorHandler", Set.of());
            }
        }
        var from = route.get("from");
        if (from == null) {
            policy.reading(node, "from is missing: where does it get its items?");
        } else {
            from(from);
        }
    }

    private void from(Node node) {
        var from = policy.entries(node, "from", Set.of("uri", "parameters", "steps"));
        var uri = from.get("uri");
        if (uri == null) {
            policy.reading(node, "uri is missing.");
        } else {
            policy.scalar(uri, "uri").ifPresent(address -> address(address, uri, from.get("parameters")));
        }
        if (from.get("steps") instanceof SequenceNode steps && !steps.getValue().isEmpty()) {
            steps.getValue().forEach(this::step);
        } else {
            policy.reading(node, "steps is missing: what takes the items in?");
        }
    }

    private void address(String address, Node node, @Nullable Node parameters) {
        var matched = ADDRESS.matcher(address);
        if (!matched.matches()) {
            policy.refuse(node, "Only mailbox:, file, timer: and direct: are allowed.");
            return;
        }
        var scheme = matched.group(1);
        var rest = Optional.ofNullable(matched.group(2)).orElse("");
        if (scheme.equals("mailbox")) {
            var machine = MAILBOX.matcher(rest);
            if (machine.matches()) {
                AllowedValue.host(machine.group(1), policy.allowed())
                        .ifPresent(words -> policy.refuse(node, "uri " + words + "."));
            } else {
                policy.refuse(node, "uri must be mailbox:imaps://HOST:PORT, with its options under parameters.");
            }
        } else if (scheme.equals("file")
                ? !rest.isEmpty()
                : !LABEL.matcher(rest).matches()) {
            policy.refuse(
                    node,
                    "uri must be " + (scheme.equals("file") ? "file" : scheme + ":NAME")
                            + ", with its options under parameters.");
        }
        options(scheme, parameters, node);
    }

    private void options(String scheme, @Nullable Node parameters, Node where) {
        var known = OPTIONS.getOrDefault(scheme, Map.of());
        var given =
                parameters == null ? Map.<String, Node>of() : policy.entries(parameters, "parameters", known.keySet());
        given.forEach((name, node) -> policy.scalar(node, name).ifPresent(value -> {
            var option = known.get(name);
            if (option != null) {
                option(name, option, value, node);
            }
        }));
        if (scheme.equals("file")) {
            for (var needed : List.of("directoryName", "noop", "idempotent", "exclude")) {
                if (!given.containsKey(needed)) {
                    policy.refuse(where, needed + " must be given for a folder: see connectors/telephone.camel.yaml.");
                }
            }
        }
    }

    private void option(String name, Option option, String value, Node node) {
        switch (option) {
            case Option.Digits() -> {
                if (!NUMBER.matcher(value).matches()) {
                    policy.refuse(node, name + " is not a whole number.");
                }
            }
            case Option.OneOf(var values) -> {
                if (!values.contains(value)) {
                    policy.refuse(
                            node,
                            name + " may be "
                                    + String.join(", ", values.stream().sorted().toList()) + " only.");
                }
            }
            case Option.Like(var connector, var parameter) -> {
                var raw = RAW.matcher(value);
                var inner = raw.matches() ? raw.group(1) : value;
                policy.allowed()
                        .connector(connector)
                        .flatMap(one -> one.parameter(parameter))
                        .ifPresentOrElse(
                                known -> policy.value(connector, known, inner, node),
                                () -> policy.refuse(node, name + " is not allowed."));
            }
        }
    }

    private void step(Node node) {
        var step = policy.entries(node, "A step", Set.of("setProperty", "process", "bean", "log"));
        step.forEach((kind, what) -> {
            switch (kind) {
                case "setProperty" -> setProperty(what);
                case "process" -> process(what);
                case "bean" -> bean(what);
                default -> log(what);
            }
        });
    }

    private void log(Node node) {
        if (node instanceof MappingNode) {
            plain(policy.entries(node, "log", Set.of("message")).get("message"), "message");
        } else {
            plain(node, "log");
        }
    }

    private void plain(@Nullable Node node, String what) {
        if (node != null) {
            policy.scalar(node, what)
                    .filter(text -> !PLAIN.matcher(text).matches())
                    .ifPresent(text -> policy.refuse(node, what + " may hold plain words only."));
        }
    }

    private void process(Node node) {
        var ref = policy.entries(node, "process", Set.of("ref")).get("ref");
        if (ref == null) {
            policy.reading(node, "process needs ref.");
        } else {
            policy.scalar(ref, "ref")
                    .filter(one -> !Allowed.PROCESSORS.contains(one))
                    .ifPresent(one -> policy.refuse(
                            ref,
                            "ref may be "
                                    + String.join(
                                            ", ",
                                            Allowed.PROCESSORS.stream().sorted().toList()) + " only."));
        }
    }

    private void bean(Node node) {
        var bean = policy.entries(node, "bean", Set.of("ref", "method"));
        var ref = bean.get("ref");
        var method = bean.get("method");
        if (ref == null || method == null) {
            policy.reading(node, "bean needs ref and method.");
            return;
        }
        var methods = policy.scalar(ref, "ref")
                .map(one -> Allowed.BEANS.getOrDefault(one, Set.of()))
                .orElse(Set.of());
        policy.scalar(method, "method").ifPresent(called -> {
            var arrivals = "arrivals(${body}, '" + policy.name() + "')";
            if (!(methods.contains(called) && !called.equals("arrivals"))
                    && !(methods.contains("arrivals") && called.equals(arrivals))) {
                policy.refuse(
                        ref,
                        "A bean may be mailArrivals.receive, mailArrivals.receiveSent, receiver.receive, or formArrivals and handArrivals with "
                                + arrivals + " only.");
            }
        });
    }

    /** A property is what a connector's parameter of that name is: it must be right for each of them. */
    private void setProperty(Node node) {
        var property = policy.entries(node, "setProperty", Set.of("name", "expression", "constant"));
        var name = property.get("name");
        var value = Optional.ofNullable(property.get("expression"))
                .map(expression -> policy.entries(expression, "expression", Set.of("constant"))
                        .get("constant"))
                .or(() -> Optional.ofNullable(property.get("constant")));
        if (name == null || value.isEmpty()) {
            policy.reading(node, "setProperty needs name and a constant.");
            return;
        }
        var text = value.get() instanceof MappingNode inner
                ? policy.entries(inner, "constant", Set.of("expression")).get("expression")
                : value.get();
        policy.scalar(name, "name").ifPresent(property0 -> {
            List<Map.Entry<String, Parameter>> like = policy.allowed().parameters(property0);
            if (like.isEmpty() || text == null) {
                policy.refuse(name, "No connector has a parameter of this name.");
                return;
            }
            like.forEach(one -> policy.value(one.getKey(), one.getValue(), text));
        });
    }
}
