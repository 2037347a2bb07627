package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.receiving.Profile.Field;
import org.postbag.receiving.Profile.Outcome;

class ProfilesTest {

    @TempDir
    Path folder;

    @Test
    void theProfileThatComesWithTheProgramIsSound() {
        var profile = (Profile) new Profiles(Path.of("profiles")).named("contact-centre");

        assertThat(profile.columns().get(Field.WHEN)).containsExactly("Call date", "Call time");
        assertThat(profile.outcomes()).containsEntry("test call", Outcome.TEST);
        assertThat(profile.withheld()).contains("withheld", "00000000000", "switchboard");
        assertThat(profile.time("03/03/2026 09:15")).isPresent();
        assertThat(profile.time("2026-03-03T09:15:00")).isPresent();
        assertThat(profile.time("31/02/2026 09:15")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            columns: {when: When} | bad.yaml: timeZone is missing
            timeZone: Europe/Londn\\ncolumns: {when: W} | bad.yaml line 1: timeZone is not a time zone
            timeZone: Europe/London\\ncolumns:\\n  wen: W | bad.yaml line 3: columns.wen is not a field
            timeZone: Europe/London\\ncolumns:\\n  number: W | columns.when is missing
            timeZone: Europe/London\\ncolumns: {when: W}\\ndates: [bbq] | bad.yaml line 3: dates has a format that can't be understood: bbq
            timeZone: Europe/London\\ncolumns: {when: W}\\nencodings: [UTF-8, klingon] | line 3: encodings has an unknown encoding: klingon
            timeZone: Europe/London\\ncolumns: {when: W}\\noptional: [name] | line 3: optional names no field of columns: name
            timeZone: Europe/London\\ncolumns: {when: W}\\ndelimiter: x | line 3: delimiter is one of
            timeZone: Europe/London\\ncolumns: {when: W}\\ntelephoneRegion: Eire | line 3: telephoneRegion is not a country
            timeZone: Europe/London\\ncolumns: {when: W}\\ncolour: red | line 3: colour is not a setting of a profile
            timeZone: Europe/London\\ncolumns: {when: W}\\noutcomes: {lost: [x]} | line 3: outcomes.lost is not one of
            timeZone: Europe/London\\ncolumns: {when: W}\\nheadings: [A, B] | line 3: headings does not name a column that columns uses: W
            channel: public-register\\ntimeZone: Europe/London\\ncolumns: {name: N} | bad.yaml: source is missing
            channel: public-register\\ntimeZone: Europe/London\\ncolumns: {email: E}\\nsource: S | line 3: columns.name is missing
            channel: public-register\\ntimeZone: Europe/London\\ncolumns: {name: N}\\nsource: "receipt:1" | line 4: source is a name of at most 100 letters
            channel: public-register\\ntimeZone: Europe/London\\ncolumns: {name: N}\\nsource: S\\nkind: person | category is missing, or categories with columns.category
            channel: public-register\\ntimeZone: Europe/London\\ncolumns: {name: N}\\nsource: S\\nkind: robot\\ncategory: press | line 5: kind has an unknown word: robot
            channel: public-register\\ntimeZone: Europe/London\\ncolumns: {name: N}\\nsource: S\\nkind: person\\ncategories: {mp: [x]} | line 6: categories.mp is not one of our words
            channel: public-register\\ntimeZone: Europe/London\\ncolumns: {name: N, category: C}\\nsource: S\\nkind: person\\ncategory: press | categories says what the words in the column of columns.category mean
            channel: public-register\\ntimeZone: Europe/London\\ncolumns: {name: N}\\nsource: S\\nkind: person\\ncategory: press\\nids: seat | line 7: ids is person or post
            timeZone: Europe/London\\ncolumns: {when: W}\\nsource: S | line 3: source is a setting of the channel public-register
            timeZone: [Europe/London\\ncolumns: {when: W} | this is not YAML
            - a list | the file must be a list of names with values
            """)
    void aMistakeIsNamedWithItsLineAndField(String yaml, String problem) throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), yaml.replace("\\n", "\n"));

        assertThat(new Profiles(folder).named("bad"))
                .isInstanceOfSatisfying(
                        ProfileProblem.class, p -> assertThat(p.problem()).contains(problem));
    }

    @Test
    void aProfileThatIsNotThereOrHasAnotherFoldersNameIsAProblem() {
        var profiles = new Profiles(folder);

        assertThat(profiles.named("nowhere")).isInstanceOf(ProfileProblem.class);
        assertThat(profiles.named("../secrets")).isInstanceOf(ProfileProblem.class);
    }

    @Test
    void aMendedProfileIsSeenWhenAskedFor() throws IOException {
        var file = folder.resolve("mended.yaml");
        Files.writeString(file, "columns: {when: When}");
        var profiles = new Profiles(folder);
        assertThat(profiles.named("mended")).isInstanceOf(ProfileProblem.class);

        Files.writeString(file, "timeZone: Europe/London\ncolumns: {when: When}");

        assertThat(profiles.named("mended")).isInstanceOf(ProfileProblem.class);
        assertThat(profiles.refresh("mended")).isInstanceOf(Profile.class);
        assertThat(profiles.named("mended")).isInstanceOf(Profile.class);
    }
}
