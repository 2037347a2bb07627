package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What the public reads, in both languages. */
class MessagesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Properties ENGLISH = read("messages.properties");
    private static final Properties WELSH = read("messages_cy.properties");
    /** Values, and what is a link or bold: a translation must have all of it. */
    private static final Pattern VALUE = Pattern.compile("\\{\\d|%\\{[a-z]+}|]\\([^)]+\\)|\\*");
    /** Forms of names and days, which are no words. */
    private static final Set<String> WITHOUT_WORDS =
            Set.of("layout.title", "sent.day", "privacy.day", "accessibility.statement.day");

    private static Properties read(String file) {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(RESOURCES.resolve(file))) {
            properties.load(in);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return properties;
    }

    static Phrases phrases(PublicLanguage language) {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return new Phrases(messages, new PageLanguage(language, PublicLanguage.ENGLISH, ""));
    }

    @Test
    void everythingIsSaidInBothLanguages() {
        assertThat(WELSH.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(ENGLISH.stringPropertyNames());
        assertThat(ENGLISH.stringPropertyNames())
                .filteredOn(key -> !WITHOUT_WORDS.contains(key))
                .allSatisfy(key ->
                        assertThat(WELSH.getProperty(key)).as(key).isNotBlank().isNotEqualTo(ENGLISH.getProperty(key)));
    }

    @Test
    void bothLanguagesSayTheSameValues() {
        assertThat(ENGLISH.stringPropertyNames())
                .allSatisfy(key ->
                        assertThat(values(WELSH.getProperty(key))).as(key).isEqualTo(values(ENGLISH.getProperty(key))));
    }

    private static Set<String> values(String text) {
        return VALUE.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void noTextHasWhatJavaTakesForSomethingElse() {
        for (var language : List.of(ENGLISH, WELSH)) {
            assertThat(language.stringPropertyNames()).allSatisfy(key -> {
                var text = language.getProperty(key);
                assertThat(text).as(key).doesNotContain("'", "<", "\uFFFD");
                if (text.contains("{0")) {
                    assertThatCode(() -> new MessageFormat(text)).as(key).doesNotThrowAnyException();
                }
            });
        }
    }

    @Test
    void everyTextIsUsed() throws IOException {
        var sources = new StringBuilder();
        for (var folder : List.of(RESOURCES.resolve("templates"), Path.of("src/main/java"))) {
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        var all = sources.toString();

        assertThat(ENGLISH.stringPropertyNames())
                .filteredOn(key -> !isIn(all, key))
                .isEmpty();
    }

    /** Whole, or by what a code is put behind. */
    private static boolean isIn(String sources, String key) {
        return List.of("#{%s}", "#{%s(", "'%s'", "\"%s\"").stream()
                        .anyMatch(use -> sources.contains(use.formatted(key)))
                || List.of("privacy.who.", "privacy.reason.", "error.too-long.", "acknowledgement.").stream()
                        .anyMatch(prefix -> key.startsWith(prefix) && sources.contains("\"" + prefix + "\""));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1 month, 1 mis",
        "2, 2 months, 2 fis",
        "18, 18 months, 18 mis",
        "12, 1 year, 1 flwyddyn",
        "24, 2 years, 2 flynedd",
        "36, 3 years, 3 blynedd",
        "48, 4 years, 4 blynedd",
        "60, 5 years, 5 mlynedd",
        "72, 6 years, 6 blynedd",
        "84, 7 years, 7 mlynedd",
        "120, 10 years, 10 mlynedd"
    })
    void aNumberChangesTheWordBehindItAsItsLanguageDoes(int months, String english, String welsh) {
        assertThat(phrases(PublicLanguage.ENGLISH).period(months)).isEqualTo(english);
        assertThat(phrases(PublicLanguage.WELSH).period(months)).isEqualTo(welsh);
    }

    @Test
    void minutesAndWorkingDaysDoTheSame() {
        var welsh = phrases(PublicLanguage.WELSH);
        assertThat(welsh.say("trouble.too-many", 1L)).contains("Arhoswch funud,");
        assertThat(welsh.say("trouble.too-many", 2L)).contains("Arhoswch 2 funud,");
        assertThat(welsh.say("trouble.too-many", 12L)).contains("Arhoswch 12 munud,");
        assertThat(welsh.say("sent.reply-by", "x", 2)).contains("2 ddiwrnod gwaith");
        assertThat(welsh.say("sent.reply-by", "x", 10)).contains("10 diwrnod gwaith");
        assertThat(phrases(PublicLanguage.ENGLISH).say("trouble.too-many", 1L)).contains("Wait a minute,");
    }

    @Test
    void daysAreWrittenAsWithinASentence() {
        var day = LocalDate.of(2026, 3, 3);
        assertThat(phrases(PublicLanguage.ENGLISH).day("sent.day", day)).isEqualTo("Tuesday 3 March 2026");
        assertThat(phrases(PublicLanguage.WELSH).day("sent.day", day)).isEqualTo("dydd Mawrth 3 Mawrth 2026");
        assertThat(phrases(PublicLanguage.WELSH).day("privacy.day", day)).isEqualTo("3 Mawrth 2026");
    }

    @Test
    void numbersAreGrouped() {
        assertThat(phrases(PublicLanguage.WELSH).say("error.too-long.message", 10_000, 10_009))
                .isEqualTo("Rhaid i’ch neges fod yn 10,000 o nodau neu lai. Mae 10,009 ynddi.");
        assertThat(phrases(PublicLanguage.WELSH).size(2)).isEqualTo("2 feit");
        assertThat(phrases(PublicLanguage.ENGLISH).size(0)).isEqualTo("0 bytes");
    }

    @Test
    void aTextAsHtmlLinksInItsLanguageAndItsValuesStandForNothingButThemselves() {
        var html = phrases(PublicLanguage.WELSH).html("contact.kept", "<b>*1*</b> [x](javascript:y) {0}");

        assertThat(html)
                .contains("<strong class=\"pb-together\">&lt;b&gt;*1*&lt;/b&gt; [x](javascript:y) {0}</strong>")
                .contains("<a class=\"govuk-link\" href=\"/privacy?lang=cy\">hysbysiad preifatrwydd</a>")
                .doesNotContain("<b>");
    }
}
