package org.postbag.console.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.exports.SampleLook;
import org.postbag.receiving.exports.SampleLook.Hints;
import org.postbag.receiving.exports.SampleLook.Look;

/** What is chosen for a sample's columns becomes a profile, and what that would file is told row by row. */
class MappingTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T09:00:00Z"), ZoneOffset.UTC);
    private static final Path CALLS = Path.of("samples/telephone/calls-2026-03-03.csv");

    @TempDir
    private Path folder;

    private static WrittenProfile base(String name) throws IOException {
        return WrittenProfile.of(text(name)).orElseThrow();
    }

    private static String text(String name) throws IOException {
        return Files.readString(Path.of("profiles", name + ".yaml"));
    }

    private Look.Columns look(String content) throws IOException {
        Files.write(file(), content.getBytes(StandardCharsets.UTF_8));
        return (Look.Columns) SampleLook.at(file(), Hints.NONE);
    }

    private Path file() {
        return folder.resolve("calls.csv");
    }

    private MappingPreview preview(Mapping mapping) throws IOException {
        return preview(mapping, file());
    }

    private static MappingPreview preview(Mapping mapping, Path file) throws IOException {
        var profile = (Profile) Profiles.parse("p", "p", ProfileText.write(mapping.profile()));
        return MappingPreview.of(file, "route", profile, CLOCK);
    }

    @Test
    void renamedColumnsTakeTheirOldPlaceAndTheRestOfTheProfileStays() throws IOException {
        var look = look(Files.readString(CALLS)
                .replaceFirst("Call date", "Date of call")
                .replaceFirst("Caller number", "CLI"));

        var mapping = Mapping.suggested(Channel.TELEPHONE, base("contact-centre"), look);

        var columns = mapping.profile().columns();
        assertThat(columns)
                .containsEntry("when", List.of("Date of call", "Call time"))
                .containsEntry("number", List.of("CLI"));
        assertThat(mapping.noLongerThere()).isEmpty();
        var written = ProfileText.write(mapping.profile(), text("contact-centre"));
        var before = text("contact-centre").lines().toList();
        assertThat(written.lines().filter(line -> !before.contains(line)))
                .containsExactly("  when: [Date of call, Call time]", "  number: CLI");
        var preview = preview(mapping);
        assertThat(preview.held()).isNull();
        assertThat(preview.rows()).isGreaterThan(20);
        assertThat(preview.filedRows()
                        + preview.reasons().values().stream().mapToInt(i -> i).sum())
                .isEqualTo(preview.rows());
        assertThat(preview.filed()).hasSize(10);
    }

    @Test
    void theRowsThatWouldNotBeFiledAreAllNamedWithTheirReason() throws IOException {
        var rows = new StringBuilder("Call ID,Call date,Call time,Caller number,Caller name,Topic,Notes,Outcome\n");
        for (int i = 1; i <= 130; i++) {
            rows.append("C-%d,%s,09:15,01792 496000,Ann,Registration,Hello %d,Answered\n"
                    .formatted(i, i % 2 == 0 ? "soon" : "03/03/2026", i));
        }
        rows.append("C-131,03/03/2026\n");
        var mapping = Mapping.suggested(Channel.TELEPHONE, base("contact-centre"), look(rows.toString()));

        var preview = preview(mapping);

        assertThat(preview.rows()).isEqualTo(131);
        assertThat(preview.filedRows()).isEqualTo(65);
        assertThat(preview.refused()).hasSize(66);
        assertThat(preview.refused().getFirst())
                .isEqualTo(new MappingPreview.Refused(
                        2, "The time of the call is not written in a way that the profile knows"));
        assertThat(preview.refused().getLast().reason()).isEqualTo("The row has 2 cells and the header 8");
        assertThat(preview.filed().getFirst().says())
                .containsEntry("When", "3 March 2026 at 9:15am")
                .containsEntry("Name", "Ann")
                .containsEntry("Telephone number", "01792 496000");
        assertThat(preview.filed().getFirst().masked().says())
                .containsEntry("Name", "Aaa")
                .containsEntry("Direction", "To us");
    }

    @Test
    void aNewProfileIsMadeOfWhatIsChosenWithTheTimesFoundOut() throws IOException {
        var look = look(
                "Ref;Day;Clock;Phone;Result;Secret\nA1;3.3.2026;9.15;01792 496000;Missed;x\nA2;27.2.2026;10.05;withheld;Resolved;y\n");
        var sent = new HashMap<>(Map.of(
                "f0", "callId", "f1", "when", "f2", "when", "f3", "number", "f4", "outcome", "f5", "", "o3", "yes"));
        sent.putAll(Map.of("s-timeZone", "Europe/London", "s-delimiter", "detect", "s-dates", ""));

        var first = Mapping.of(Channel.TELEPHONE, WrittenProfile.EMPTY, look, sent);
        assertThat(first.missingDates())
                .hasValueSatisfying(found -> assertThat(found.pattern()).isEqualTo("d.M.yyyy H.mm"));
        sent.put("s-dates", "d.M.yyyy H.mm");
        sent.put("w-outcome", "4");
        sent.put("w-outcome-0", "abandoned");
        sent.put("w-outcome-1", "answered");
        var mapping = Mapping.of(Channel.TELEPHONE, WrittenProfile.EMPTY, look, sent);

        assertThat(ProfileText.write(mapping.profile())).isEqualTo("""
                timeZone: Europe/London
                columns:
                  when: [Day, Clock]
                  callId: Ref
                  number: Phone
                  outcome: Result
                optional: [number]
                dates: [d.M.yyyy H.mm]
                outcomes:
                  answered: Resolved
                  abandoned: Missed
                """);
        assertThat(preview(mapping).filedRows()).isEqualTo(2);
    }

    @Test
    void numbersWithoutACountryCodeAreOfTheCountryThatIsChosen() throws IOException {
        var look = look("When,Phone\n2026-03-03 09:15,(01) 676 0000\n");
        var sent = new HashMap<>(Map.of("f0", "when", "f1", "number", "s-timeZone", "Europe/Dublin"));
        sent.put("s-telephoneRegion", "IE");

        var mapping = Mapping.of(Channel.TELEPHONE, WrittenProfile.EMPTY, look, sent);

        assertThat(ProfileText.write(mapping.profile())).contains("telephoneRegion: IE\n");
        assertThat(preview(mapping).filed().getFirst().says()).containsEntry("Telephone number", "+353 1 676 0000");
        sent.put("s-telephoneRegion", "GB");
        var british = Mapping.of(Channel.TELEPHONE, WrittenProfile.EMPTY, look, sent);
        assertThat(ProfileText.write(british.profile())).doesNotContain("telephoneRegion");
    }

    @Test
    void whatIsNoTextIsToldSoAndDamagedTextIsLookedInto() throws IOException {
        var picture = new byte[5_000];
        new java.util.Random(7).nextBytes(picture);
        Files.write(file(), picture);
        assertThat(SampleLook.at(file(), Hints.NONE))
                .isInstanceOfSatisfying(
                        Look.Unfit.class, unfit -> assertThat(unfit.reason()).contains("can’t be read as text"));
        assertThat(look(Files.readString(CALLS).replaceFirst("Caller", "\u0001Caller"))
                        .columns())
                .hasSize(11);
    }

    @Test
    void whatIsMissingAndNotChosenIsSaid() throws IOException {
        var look = look("Call ID,Call date,Call time,Notes\nC-1,03/03/2026,09:15,Hello\n");

        var mapping = Mapping.suggested(Channel.TELEPHONE, base("contact-centre"), look);

        assertThat(mapping.noLongerThere()).containsOnlyKeys("number", "name", "topic", "outcome");
        // What an export may leave out stays in the profile.
        assertThat(mapping.profile().columns())
                .containsKeys("postcode", "organisation", "when", "notes")
                .doesNotContainKey("number");
    }

    @Test
    void aFileWithoutHeaderGetsNamesForItsColumns() throws IOException {
        var file = Path.of("src/test/resources/items/telephone/switchboard-log/plain.txt");
        var look = (Look.Columns) SampleLook.at(file, Hints.NONE);

        var mapping = Mapping.suggested(Channel.TELEPHONE, base("switchboard-log"), look);

        assertThat(mapping.names()).containsExactly("Date", "Time", "Line", "Caller", "Dialled", "Length", "Result");
        var fresh = Mapping.of(
                Channel.TELEPHONE,
                WrittenProfile.EMPTY,
                look,
                Map.of(
                        "f0",
                        "when",
                        "f1",
                        "when",
                        "h0",
                        "Day",
                        "f3",
                        "number",
                        "s-timeZone",
                        "UTC",
                        "s-delimiter",
                        "tab"));
        assertThat(fresh.profile().list(WrittenProfile.HEADINGS))
                .startsWith("Day", "Column 2")
                .hasSize(7);
        assertThat(Profiles.parse("p", "p", ProfileText.write(fresh.profile()))).isInstanceOf(Profile.class);
    }

    @Test
    void publicListsAndMessagesAreMappedAlike() throws IOException {
        var file = Path.of("samples/social/inbox-2026-03-03.csv");
        var social = Mapping.suggested(
                Channel.SOCIAL_TOOL, base("social-inbox"), (Look.Columns) SampleLook.at(file, Hints.NONE));
        assertThat(preview(social, file).filedRows()).isPositive();
        assertThat(social.profile()).isEqualTo(base("social-inbox"));

        try (var lists = Files.list(Path.of("samples/public-register/members"))) {
            file = lists.sorted().findFirst().orElseThrow();
        }
        var members = Mapping.suggested(
                Channel.PUBLIC_REGISTER, base("assembly-members"), (Look.Columns) SampleLook.at(file, Hints.NONE));
        assertThat(preview(members, file).filed().getFirst().says()).containsKeys("Name", "Kind", "Category");
        assertThat(members.profile()).isEqualTo(base("assembly-members"));
    }

    @Test
    void hostileChoicesMakeNoProfileThatMeansSomethingElse() throws IOException {
        var look = look("=cmd|' /C calc'!A0,\"a: b\n- x\",#c\n1,2026-03-03 09:15,3\n");
        var sent = Map.of(
                "f0",
                "callId",
                "f1",
                "when",
                "f2",
                "nonsense",
                "f999",
                "name",
                "s-timeZone",
                "UTC\ncolumns: {}",
                "s-delimiter",
                ",");

        var mapping = Mapping.of(Channel.TELEPHONE, WrittenProfile.EMPTY, look, sent);

        var text = ProfileText.write(mapping.profile());
        assertThat(WrittenProfile.of(text)).contains(mapping.profile());
        assertThat(mapping.profile().columns()).containsOnlyKeys("when", "callId");
        assertThat(Profiles.parse("p", "p", text)).isInstanceOf(org.postbag.receiving.ProfileProblem.class);
    }
}
