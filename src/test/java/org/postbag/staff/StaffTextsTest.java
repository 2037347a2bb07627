package org.postbag.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What staff read stands in files that can be translated, and nowhere else. */
class StaffTextsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path TEMPLATES = RESOURCES.resolve("templates");
    private static final Path JAVA = Path.of("src/main/java/org/postbag");
    private static final List<String> FOLDERS =
            List.of("layout", "staff", "search", "enquiries", "contacts", "reports");
    private static final List<String> CODE =
            List.of("staff/web", "search/web", "enquiries/web", "contacts/web", "reports", "figures");
    private static final Map<String, String> TEXTS = texts();

    /** Names that are the same in every language, and keys of the keyboard. */
    private static final Set<String> NAMES =
            Set.of("Postbag", "GOV.UK", "CSV", "xlsx", "Ctrl", "Enter", "Esc", "Lucene", "Elasticsearch");

    private static final Pattern WORD = Pattern.compile("\\p{L}{2}");
    private static final Pattern INLINED = Pattern.compile("\\[\\[.*?]]", Pattern.DOTALL);
    private static final Set<String> READ_ATTRIBUTES =
            Set.of("title", "alt", "placeholder", "aria-label", "label", "aria-description", "data-label");
    /** Attributes of Thymeleaf whose literals nobody reads. */
    private static final Set<String> UNREAD = Set.of(
            "th:class",
            "th:classappend",
            "th:id",
            "th:href",
            "th:action",
            "th:src",
            "th:for",
            "th:name",
            "th:case",
            "th:switch",
            "th:if",
            "th:unless");

    private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'|\\|([^|]*)\\|");
    private static final Pattern KEY = Pattern.compile("#\\{([a-z][a-z0-9.-]*[a-z0-9])[(}]");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    /** What is read by who keeps the program going, by machines, or stands in a spreadsheet's own language. */
    private static final Pattern NOT_FOR_PAGES = Pattern.compile(
            "Exception\\(|PROBLEM|LOG\\.|Problem\\(|problem\\(|AuditEvent\\(|@|Pattern\\.compile|\\.sql\\(");

    /** What calls of the API are read from and answered with. */
    private static final Pattern OF_THE_API = Pattern.compile("(Api|SearchBody)\\.java$");

    private static Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        // All are one bundle: of two alike the public's would be shown, in Welsh to whose browser asks for it.
        var ofThePublic = read(RESOURCES.resolve("messages.properties")).stringPropertyNames();
        try (var files = Files.list(RESOURCES.resolve("staff"))) {
            for (var file : files.toList()) {
                var properties = read(file);
                properties.stringPropertyNames().forEach(key -> {
                    assertThat(texts).as("a key of two files").doesNotContainKey(key);
                    assertThat(ofThePublic).as("a key of two files").doesNotContain(key);
                    texts.put(key, properties.getProperty(key));
                });
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return texts;
    }

    private static Properties read(Path file) {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return properties;
    }

    static Stream<String> templates() {
        return files(TEMPLATES, FOLDERS, ".html")
                .filter(file -> !file.startsWith("layout/public") && !file.startsWith("layout/language"))
                .filter(StaffTextsTest::isAskedFor);
    }

    static Stream<String> code() {
        return files(JAVA, CODE, ".java")
                .filter(file -> !OF_THE_API.matcher(file).find())
                .filter(StaffTextsTest::isAskedFor);
    }

    /** While texts are moved, one part can be looked at alone: {@code -Dstaff.texts=enquiries/work}. */
    private static boolean isAskedFor(String file) {
        return Arrays.stream(System.getProperty("staff.texts", "").split(",")).anyMatch(file::contains);
    }

    private static Stream<String> files(Path root, List<String> folders, String ending) {
        return folders.stream().flatMap(folder -> {
            try (var files = Files.walk(root.resolve(folder))) {
                return files
                        .map(file -> root.relativize(file).toString())
                        .filter(file -> file.endsWith(ending))
                        .sorted()
                        .toList()
                        .stream();
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateHasNoTextOfItsOwn(String template) throws IOException {
        var page = Jsoup.parse(Files.readString(TEMPLATES.resolve(template)), "", Parser.xmlParser());

        assertThat(ownTexts(page)).as(template).isEmpty();
    }

    private static List<String> ownTexts(Element page) {
        var own = new ArrayList<String>();
        for (var element : page.getAllElements()) {
            element.textNodes().stream()
                    .map(TextNode::getWholeText)
                    .map(text -> INLINED.matcher(text).replaceAll("").strip())
                    .filter(text -> !isSample(element) && isText(text))
                    .forEach(own::add);
            for (var attribute : element.attributes()) {
                readOf(element, attribute).filter(StaffTextsTest::isText).forEach(own::add);
            }
        }
        return own;
    }

    private static Stream<String> readOf(Element element, Attribute attribute) {
        var name = attribute.getKey();
        if (name.startsWith("th:")) {
            return UNREAD.contains(name)
                    ? Stream.empty()
                    : LITERAL.matcher(attribute.getValue())
                            .results()
                            .map(found -> found.group(1) == null
                                    ? found.group(2).replaceAll("\\$\\{[^}]*}", "")
                                    : found.group(1))
                            .map(String::strip)
                            .filter(StaffTextsTest::isSpoken);
        }
        boolean isReplaced =
                element.hasAttr("th:" + name) || element.attr("th:attr").contains(name + "=");
        return READ_ATTRIBUTES.contains(name) && !isReplaced && !isSample(element.parent())
                ? Stream.of(attribute.getValue())
                : Stream.empty();
    }

    /** Whether what stands in it is replaced when the page is made, or is typed as it stands. */
    private static boolean isSample(@org.jspecify.annotations.Nullable Element element) {
        for (var at = element; at != null && !at.normalName().equals("html"); at = at.parent()) {
            if (at.hasAttr("th:text")
                    || at.hasAttr("th:utext")
                    || at.hasAttr("th:replace")
                    || at.hasAttr("th:insert")
                    || Set.of("script", "kbd", "code").contains(at.normalName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(String text) {
        return WORD.matcher(text).find() && !NAMES.contains(text);
    }

    /** Unlike a code, a class or a path. */
    private static boolean isSpoken(String literal) {
        return literal.matches("(?s)\\p{Lu}\\p{Ll}.*|.*\\p{L} \\p{L}.*")
                && !literal.matches("(govuk-|pb-|t-)[a-z0-9_ -]*|([a-z-]+-(hint|error) ?)+")
                && !literal.contains("=");
    }

    @ParameterizedTest
    @MethodSource("code")
    void whatAControllerSaysStandsThereToo(String file) throws IOException {
        var lines = Files.readString(JAVA.resolve(file))
                .replaceAll("(?s)\"\"\".*?\"\"\"|/\\*.*?\\*/", "")
                .replaceAll("(?m)//.*$", "");
        var own = Arrays.stream(lines.split("(?<=[;{}])"))
                .filter(statement -> !NOT_FOR_PAGES.matcher(statement).find())
                .flatMap(statement -> STRING.matcher(statement).results().map(found -> found.group(1)))
                .filter(text ->
                        text.matches("\\p{Lu}\\p{Ll}+ .*|.* \\p{Ll}+ \\p{Ll}+ .*|.*\\p{Ll}{2}\\.|\\p{Lu}\\p{Ll}{2,}"))
                .filter(text -> !text.matches("[a-z.-]+\\."))
                .toList();

        assertThat(own).as(file).isEmpty();
    }

    @Test
    void everyTextThatIsAskedForIsThere() throws IOException {
        for (var template : templates().toList()) {
            assertThat(KEY.matcher(Files.readString(TEMPLATES.resolve(template)))
                            .results())
                    .as(template)
                    .allSatisfy(found -> assertThat(TEXTS).containsKey(found.group(1)));
        }
    }

    @Test
    void everyTextIsUsed() throws IOException {
        var all = new StringBuilder();
        for (var folder : List.of(TEMPLATES, JAVA)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        var sources = all.toString();

        assertThat(TEXTS.keySet()).filteredOn(key -> !isIn(sources, key)).isEmpty();
    }

    /** Whole, or as what a code is put behind: {@code "queue."} for {@code queue.mine}. */
    private static boolean isIn(String sources, String key) {
        var prefix = key.substring(0, key.lastIndexOf('.') + 1);
        return Stream.of("#{%s}", "#{%s(", "'%s'", "\"%s\"").anyMatch(use -> sources.contains(use.formatted(key)))
                || Stream.of("'%s'", "\"%s\"", "#{%s__").anyMatch(use -> sources.contains(use.formatted(prefix)))
                || isLabel(sources, prefix.substring(0, prefix.length() - 1));
    }

    private static boolean isLabel(String sources, String type) {
        var name = new StringBuilder();
        for (var part : type.split("-")) {
            name.append(part.isEmpty() ? "" : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return sources.contains("enum " + name + " ") && sources.contains(".label(");
    }

    @Test
    void noTextHasWhatJavaTakesForSomethingElse() {
        assertThat(TEXTS).allSatisfy((key, text) -> {
            assertThat(text).as(key).isNotBlank().doesNotContain("'", "<b", "\uFFFD");
            assertThatCode(() -> new MessageFormat(text)).as(key).doesNotThrowAnyException();
        });
    }
}
