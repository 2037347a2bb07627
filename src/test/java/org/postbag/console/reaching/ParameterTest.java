package org.postbag.console.reaching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.console.reaching.Parameter.Type;

/** What a connector's file says of its parameters, and what a value may be. */
class ParameterTest {

    private static final List<Connector> ALL = Connectors.read(Path.of("connectors"));

    static Stream<Connector> connectors() {
        return ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void everyParameterHasATypeThatFitsItsName(Connector connector) {
        assertThat(connector.title()).isNotBlank().isNotEqualTo(connector.id());
        assertThat(connector.description()).endsWith(".");
        for (var parameter : connector.parameters()) {
            assertThat(parameter.description()).as(parameter.name()).isNotBlank();
            assertThat(parameter.label()).as(parameter.name()).isNotBlank();
            switch (parameter.name()) {
                case "host" -> assertThat(parameter.type()).isEqualTo(Type.HOST);
                case "port" -> assertThat(parameter.type()).isEqualTo(Type.PORT);
                case "profile" -> assertThat(parameter.type()).isEqualTo(Type.PROFILE);
                case "routeId" -> assertThat(parameter.type()).isEqualTo(Type.ROUTE);
                case "protocol" -> assertThat(parameter.choices()).containsExactly("imaps", "imap");
                default -> assertThat(parameter.type()).isNotEqualTo(Type.ROUTE);
            }
            assertThat(parameter.problem(parameter.defaultValue()).isEmpty())
                    .as("what holds by itself is right: %s", parameter)
                    .isEqualTo(parameter.defaultValue() != null);
        }
    }

    @Test
    void thereAreAllFourteen() {
        assertThat(ALL).hasSize(14);
        assertThat(ALL.stream().flatMap(one -> one.parameters().stream()).filter(Parameter::secret))
                .hasSize(12)
                .allSatisfy(one -> assertThat(one.problem("hunter2hunter2"))
                        .hasValueSatisfying(words -> assertThat(words).contains("Never write the secret")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOST | mail.example.org | true",
                "HOST | {{postbag.mail.host}} | true",
                "HOST | mail.example.org/x | false",
                "HOST | mail example | false",
                "HOST | {{env:HOME}} | false",
                "HOST | {{sys:user.home}} | false",
                "HOST | {{bean:x}} | false",
                "HOST | {{secret:MAIL}} | false",
                "HOST | a?delete=true | false",
                "PORT | 993 | true",
                "PORT | 0 | false",
                "PORT | 65536 | false",
                "PORT | many | false",
                "DURATION_MS | 5000 | true",
                "DURATION_MS | 1 | false",
                "DURATION_MS | -5 | false",
                "TEXT | #bean:dataSource | false",
                "TEXT | #class:java.lang.Runtime | false",
                "TEXT | a)&delete=true&x=RAW( | false",
                "TEXT | ${bean:x} | false",
                "TEXT | RAW(x | false",
                "TEXT | Postfach für Anfragen | true",
                "YES_NO | true | true",
                "YES_NO | perhaps | false",
                "URL | https://login.example.org/t/token | true",
                "URL | http://login.example.org/ | false",
                "URL | https://user@login.example.org/ | false",
                "URL | http://127.0.0.1:8080/ | true",
                "URL | file:///etc/passwd | false",
                "ADDRESS | enquiries@example.org | true",
                "ADDRESS | enquiries | false",
                "DAY | 2027-03-31 | true",
                "DAY | 2027-02-30 | false",
                "FOLDER | /srv/in/calls | true",
                "FOLDER | {{postbag.data}}/in/calls | true",
                "FOLDER | /srv/in/../../etc | false",
                "FOLDER | in?delete=true | false",
                "REMOTE_FOLDER | INBOX/Public | true",
                "REMOTE_FOLDER | ../../etc | false",
                "PROFILE | contact-centre | true",
                "PROFILE | ../keys | false",
                "NAME | contact-form | true",
                "NAME | x?block=true | false",
                "SECRET | {{secret:MAIL-PASSWORD}} | true",
                "SECRET | {{secret:OLD}},{{secret:NEW}} | true",
                "SECRET | {{postbag.mail.password}} | true",
                "SECRET | {{secret:MAIL}}x | false",
                "SECRET | {{env:MAIL}} | false",
                "SECRET | pa55word | false",
                "HOSTS | pbs.example.org, video.example.org | true",
                "HOSTS | https://pbs.example.org | false",
                "KEYS | SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | true",
                "KEYS | MD5:00 | false",
                "HOST | '' | false",
            })
    void aValueIsCheckedAlone(Type type, String value, boolean right) {
        var parameter = new Parameter("one", "One", "It.", type, null, true, List.of());

        assertThat(parameter.problem(value).isEmpty())
                .as(() -> parameter.problem(value).toString())
                .isEqualTo(right);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"\0", "\t", "\n"})
    void aValueIsOneLine(String value) {
        var parameter = new Parameter("one", "One", "It.", Type.TEXT, null, true, List.of());

        assertThat(parameter.problem("x" + value + "y")).isPresent();
        assertThat(parameter.problem("x".repeat(1_001))).isPresent();
    }
}
