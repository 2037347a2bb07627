package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.Test;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.RereadSource.Away;
import org.postbag.receiving.RereadSource.Extent;
import org.postbag.receiving.RereadSource.Span;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;
import org.postbag.receiving.sftp.SftpLook;

/** Files that were taken are read again where they are kept, as the same items; where they aren't, it says so. */
class FilesRereadTest extends ExportsOnDisk {

    private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

    private FilesReread again(boolean keepFinished) {
        var rows = new RowCutting(new Profiles(profiles));
        return new FilesReread(rows, rows, records, vault, settings(keepFinished), new SftpLook(SecretValues.NONE));
    }

    private static Span here(LocalDate first, LocalDate last) {
        return new Span("a-route", "telephone", Map.of("folder", "in", "profile", "contact-centre"), first, last);
    }

    /** Each piece by another reading, as after a crash. */
    private static List<Arrival> all(FilesReread again, Span span, int most) throws Away, IOException {
        var items = new ArrayList<Arrival>();
        var place = "";
        for (boolean last = false; !last; ) {
            try (var reading = again.open(span, place, new SourceLook())) {
                var piece = reading.next(most);
                items.addAll(piece.items());
                place = piece.place();
                last = piece.last();
            }
        }
        return items;
    }

    private Path kept(String name, String content) throws IOException {
        var file = drop(name, content);
        assertThat(taker(settings(true)).take(file, "a-route", "contact-centre"))
                .isEqualTo(ExportTaker.Outcome.TAKEN);
        return file;
    }

    @Test
    void finishedFilesAreReadAgainAsTheSameItems() throws Exception {
        kept("first.csv", HEADER + rows(1, 230));
        kept("second.csv", HEADER + rows(231, 20));
        var before = receiver.all().size();
        assertThat(before).isEqualTo(250);

        var items = all(again(true), here(TODAY, TODAY), 100);

        assertThat(items).hasSize(250);
        assertThat(receiver.receive(items)).allMatch(one -> one.known());
        assertThat(items.getFirst().sourceFile())
                .isEqualTo(receiver.all().getFirst().receipt().sourceFile());
        assertThat(all(again(true), here(TODAY.minusDays(9), TODAY.minusDays(1)), 100))
                .isEmpty();
    }

    @Test
    void oneThatIsKeptNoMoreIsCountedAndKeepsNoneOfTheOthersUp() throws Exception {
        kept("first.csv", HEADER + rows(1, 3));
        kept("second.csv", HEADER + rows(4, 2));
        var hash = records.taken("a-route", TODAY, TODAY).getFirst().contentHash();
        Files.delete(root.resolve("exports/finished").resolve(hash));

        try (var reading = again(true).open(here(TODAY, TODAY), "", new SourceLook())) {
            var piece = reading.next(100);
            assertThat(piece.damaged()).isEqualTo(1);
            assertThat(piece.items()).hasSize(2);
        }
    }

    @Test
    void whereNothingIsKeptItSaysSo() {
        assertThat(again(false).extent(Map.of("folder", "in"))).isInstanceOf(Extent.Nothing.class);
        assertThat(again(false).extent(Map.of("host", "h", "movedTo", "none"))).isInstanceOf(Extent.Nothing.class);
        assertThat(again(true).extent(Map.of("folder", "in"))).isInstanceOf(Extent.Kept.class);
    }

    @Test
    void filesThatWereMovedOnAnotherMachineAreReadThereAndStay() throws Exception {
        var done = Files.createDirectories(root.resolve("done"));
        take(drop("calls.csv", HEADER + rows(1, 5)));
        var file = done.resolve("calls.csv");
        Files.writeString(file, HEADER + rows(1, 7));
        settle(file);
        var server = SshServer.setUpDefaultServer();
        var keys = new SimpleGeneratorHostKeyProvider(root.resolve("host-key"));
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> password.equals("s3cret"));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
        try {
            var key = KeyUtils.getFingerPrint(
                    BuiltinDigests.sha256, keys.loadKeys(null).iterator().next().getPublic());
            var settings = Map.of(
                    "host", "127.0.0.1",
                    "port", Integer.toString(server.getPort()),
                    "username", "calls",
                    "password", "s3cret",
                    "hostKeys", key,
                    "folder", "/in",
                    "movedTo", "/done",
                    "profile", "contact-centre");
            var span = new Span("a-route", "telephone-sftp", settings, TODAY, TODAY);

            var items = all(again(false), span, 3);

            assertThat(items).hasSize(7);
            assertThat(receiver.receive(items).stream().filter(one -> one.known()))
                    .as("five came by the folder")
                    .hasSize(5);
            assertThat(file).exists();
            server.stop(true);
            assertThatThrownBy(() -> again(false).open(span, "", new SourceLook()))
                    .isInstanceOf(Away.class)
                    .hasMessageContaining("doesn't answer");
        } finally {
            server.stop(true);
        }
    }
}
