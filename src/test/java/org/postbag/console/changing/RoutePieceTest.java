package org.postbag.console.changing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutePieceTest {

    @Test
    void aFileOfSeveralIsCutWithTheirComments() {
        var text =
                "# All of them.\n- route:\n    id: one\n\n# The second.\n- templatedRoute:\n    routeId: two\n- routeConfiguration: {}\n";

        assertThat(RoutePiece.of("x", text))
                .containsExactly(
                        new RoutePiece(List.of("one"), "# All of them.\n- route:\n    id: one\n", 0),
                        new RoutePiece(List.of("two"), "\n# The second.\n- templatedRoute:\n    routeId: two\n", 3),
                        new RoutePiece(List.of(), "- routeConfiguration: {}\n", 7));
    }

    @Test
    void whatSharesLinesStaysTogether() {
        assertThat(RoutePiece.of("x", "[{route: {id: one}}, {route: {id: two}}]"))
                .singleElement()
                .satisfies(piece -> {
                    assertThat(piece.ids()).containsExactly("one", "two");
                    assertThat(piece.isOne()).isFalse();
                });
    }

    @Test
    void everyFileOfOursIsTheSumOfItsPieces() throws Exception {
        for (var folder : List.of("routes", "connectors")) {
            try (var files = Files.list(Path.of(folder))) {
                for (var file : files.toList()) {
                    var text = Files.readString(file);
                    var pieces = RoutePiece.of(file.toString(), text);
                    assertThat(String.join(
                                    "", pieces.stream().map(RoutePiece::text).toList()))
                            .as("%s", file)
                            .isEqualTo(text);
                }
            }
        }
    }
}
