package org.postbag.receiving.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No public template holds words: they stand in the messages, where each language has them. */
class PublicTemplatesTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    /** The names of cookies are the same in every language. */
    private static final Set<String> PROPER_NAMES = Set.of("contact-form", "JSESSIONID");

    private static final Set<String> READ_OUT = Set.of("aria-label", "title", "alt", "placeholder", "label");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern KEY_OR_PATH = Pattern.compile("(phrases\\.\\w+|link)\\('[^']*'");
    private static final Pattern COMPARED = Pattern.compile("[!=]= '[^']*'");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final Pattern TEMPLATE_TEXT = Pattern.compile("\\|([^|]*)\\|");
    private static final Pattern EXPRESSION = Pattern.compile("[$#@*]\\{[^}]*}");

    static List<Path> templates() throws IOException {
        try (var receiving = Files.list(TEMPLATES.resolve("receiving"));
                var errors = Files.list(TEMPLATES.resolve("error"))) {
            var others = Stream.of("error.html", "layout/public.html", "layout/language.html")
                    .map(TEMPLATES::resolve);
            return Stream.of(receiving, errors, others).flatMap(files -> files).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateHoldsNoWords(Path template) throws IOException {
        assertThat(words(Files.readString(template))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Hello</p>",
                "<p th:text=\"${x}\">Hello</p>",
                "<p th:text=\"'Hello'\"></p>",
                "<p th:text=\"${kept} ? 'Add' : #{x}\"></p>",
                "<p th:text=\"|Last updated: ${x}|\"></p>",
                "<nav aria-label=\"About\"></nav>",
                "<nav th:aria-label=\"'About'\"></nav>",
                "<template><p>Hello</p></template>",
                "<div th:replace=\"~{a :: input('name', 'Your name')}\"></div>"
            })
    void theWalkFindsWords(String template) {
        assertThat(words(template)).isNotEmpty();
    }

    @Test
    void whatIsNoWordIsLeftAlone() {
        assertThat(words("""
                <p th:text="|(${x})|"></p><p th:text="#{a.key}"></p><p th:utext="${phrases.html('a.key', x)}"></p>
                <a th:href="${language.link('/contact')}" th:text="${y == 'TEXT'} ? #{a} : #{b}"></a><!-- A comment -->
                <div th:replace="~{a :: input('name', #{b}, 'tel')}"></div><th>JSESSIONID</th>
                """)).isEmpty();
    }

    private static List<String> words(String template) {
        var found = new ArrayList<String>();
        Jsoup.parse(template).traverse((node, depth) -> {
            if (node instanceof TextNode text && hasLetter(text.text())) {
                if (!PROPER_NAMES.contains(text.text().strip())) {
                    found.add(text.text());
                }
            } else if (node instanceof Element element) {
                attributes(element, found);
            }
        });
        return found;
    }

    private static void attributes(Node element, List<String> found) {
        for (var attribute : element.attributes()) {
            var name = attribute.getKey();
            var value = attribute.getValue();
            if (READ_OUT.contains(name) && hasLetter(value)) {
                found.add(value);
            } else if (name.equals("th:text")
                    || name.equals("th:utext")
                    || READ_OUT.contains(name.replace("th:", ""))) {
                said(value, found);
            } else if (name.equals("th:replace")) {
                // A fragment is given ids and types, which have no capitals and no spaces.
                QUOTED.matcher(value)
                        .results()
                        .map(quoted -> quoted.group(1))
                        .filter(quoted -> !quoted.matches("[a-z0-9-]*"))
                        .forEach(found::add);
            }
        }
    }

    private static void said(String expression, List<String> found) {
        var own =
                COMPARED.matcher(KEY_OR_PATH.matcher(expression).replaceAll("")).replaceAll("");
        QUOTED.matcher(own)
                .results()
                .map(quoted -> quoted.group(1))
                .filter(PublicTemplatesTest::hasLetter)
                .forEach(found::add);
        TEMPLATE_TEXT
                .matcher(own)
                .results()
                .map(text -> EXPRESSION.matcher(text.group(1)).replaceAll(""))
                .filter(PublicTemplatesTest::hasLetter)
                .forEach(found::add);
    }

    private static boolean hasLetter(String text) {
        return LETTER.matcher(text).find();
    }
}
