package org.postbag.enquiries.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.Records;
import org.postbag.TestServers;
import org.postbag.audit.AuditTrails;
import org.postbag.receiving.Channel;
import org.postbag.work.IndexWorks;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the files of the postcode directory to where an enquiry comes from. */
class PostcodeImportTest {

    private static final Path DIRECTORY = Path.of("samples/postcodes/directory.csv");
    private static final Path AUTHORITIES = Path.of("samples/postcodes/authorities.csv");

    @TempDir
    Path folder;

    private TestServers.Database database;
    private JdbcClient sql;
    private PostcodeImport importing;
    private Locations locations;
    private long enquiry;

    @BeforeEach
    void start() {
        database = TestServers.database();
        sql = JdbcClient.create(database.application());
        importing =
                new PostcodeImport(new PostcodeSettings(null, null), sql, database.application(), Clock.systemUTC());
        locations = new Locations(sql, AuditTrails.in(sql, Clock.systemUTC()), IndexWorks.in(sql), Clock.systemUTC());
    }

    private long saying(String postcode) {
        var records = new Records(sql);
        long contact = records.contact("Jane Doe", "public", true);
        enquiry = records.enquiry(new Records.Draft(
                records.receipt(Channel.WEB_FORM, Duration.ofDays(1), null),
                contact,
                records.thread(contact),
                "Register",
                "Where do I register?"));
        sql.sql("insert into claim (enquiry_id, contact_id, kind, value) values (?, ?, 'postcode', ?)")
                .params(enquiry, contact, postcode)
                .update();
        return enquiry;
    }

    @ParameterizedTest
    @CsvSource({"sa14pe, Swansea, ", "CF10 1AA, Cardiff, 201906", "LS1 1UR, Leeds, "})
    void aPostcodeTellsTheAuthority(String postcode, String authority, String ended) throws Exception {
        importing.importFiles(DIRECTORY, AUTHORITIES);

        assertThat(locations.of(saying(postcode))).isInstanceOfSatisfying(Location.FromPostcode.class, from -> {
            assertThat(from.authorities()).extracting(LocalAuthority::name).containsExactly(authority);
            assertThat(from.ended()).isEqualTo(ended);
        });
    }

    @Test
    void aPostcodeOverABoundaryHasBoth() throws Exception {
        importing.importFiles(DIRECTORY, AUTHORITIES);

        assertThat(locations.of(saying("SA10 6QX")))
                .isInstanceOfSatisfying(
                        Location.FromPostcode.class,
                        from -> assertThat(from.authorities())
                                .extracting(LocalAuthority::name)
                                .containsExactly("Neath Port Talbot", "Swansea"));
    }

    @Test
    void whatIsNotInTheDirectoryOrNoPostcodeTellsNothing() throws Exception {
        assertThat(locations.of(saying("SA1 4PE")))
                .isInstanceOfSatisfying(
                        Location.FromPostcode.class,
                        from -> assertThat(from.directory()).isFalse());
        importing.importFiles(DIRECTORY, AUTHORITIES);

        assertThat(locations.of(saying("JE2 3ZZ"))).isInstanceOfSatisfying(Location.FromPostcode.class, from -> {
            assertThat(from.directory()).isTrue();
            assertThat(from.authorities()).isEmpty();
        });
        assertThat(locations.of(saying("near the church"))).isInstanceOf(Location.Unknown.class);
    }

    @Test
    void whatStaffSayGoesBeforeThePostcodeAndStaysAcrossAnotherEdition() throws Exception {
        importing.importFiles(DIRECTORY, AUTHORITIES);
        saying("SA10 6QX");

        assertThat(locations.set(enquiry, "W06000012", "staff:priya")).isPresent();
        var names = Files.writeString(folder.resolve("names.csv"), "LAD25CD,LAD25NM\nW06000011,Abertawe\n");
        assertThat(importing.importFiles(DIRECTORY, names)).isPositive();

        assertThat(locations.of(enquiry))
                .isInstanceOfSatisfying(
                        Location.SetByStaff.class,
                        set -> assertThat(set.authority().name()).isEqualTo("Neath Port Talbot"));
        assertThat(locations.set(enquiry, "X99", "staff:priya")).isEmpty();
        assertThat(locations.set(enquiry, null, "staff:priya")).contains(new Locations.Changed("W06000012"));
        assertThat(locations.of(enquiry)).isInstanceOf(Location.FromPostcode.class);
    }

    @Test
    void theSameFilesAreReadOnceAndWrongOnesChangeNothing() throws Exception {
        assertThat(importing.importFiles(DIRECTORY, AUTHORITIES)).isEqualTo(9);
        assertThat(importing.importFiles(DIRECTORY, AUTHORITIES)).isZero();

        for (var wrong : List.of("", "postcode;laua\n", "a,b\n1,2\n", "pcds,oslaua\nSA1 4PE,W06000011\n", "\0\0\0")) {
            var file = Files.writeString(folder.resolve("wrong.csv"), wrong);
            assertThatThrownBy(() -> importing.importFiles(file, AUTHORITIES))
                    .as("%s", wrong)
                    .hasMessageContaining("wrong.csv");
        }
        assertThat(sql.sql("select count(*) from postcode_authority")
                        .query(Long.class)
                        .single())
                .isEqualTo(9);
    }
}
