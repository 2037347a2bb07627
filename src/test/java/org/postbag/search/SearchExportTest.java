package org.postbag.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.ApplicationTest;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@ApplicationTest
class SearchExportTest {

    private static final StaffMember OFFICER = new StaffMember("staff:orla", "Orla", Set.of(Role.OFFICER));
    private static final StaffMember PROTECTION =
            new StaffMember("staff:dora", "Dora", Set.of(Role.DATA_PROTECTION_OFFICER));
    private static final AtomicLong NUMBERS = new AtomicLong(3L << 40);

    @Autowired
    private SearchExport export;

    @Autowired
    private IndexedSearch search;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private DataSource database;

    private RecordRows rows;
    private final String word = "x" + UUID.randomUUID().toString().replaceAll("[^a-z]", "") + "q" + NUMBERS.get();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void connect() {
        rows = new RecordRows(database);
    }

    private List<Long> given(int number, String name, String subject) {
        var ids = rows.enquiries(
                rows.contact(name, "press"),
                LongStream.range(0, number)
                        .mapToObj(_ -> NUMBERS.getAndIncrement())
                        .toList(),
                "email",
                subject,
                "The text about " + word,
                now);
        indexed(ids);
        return ids;
    }

    private void indexed(List<Long> ids) {
        rows.work(ids);
        await().atMost(Duration.ofSeconds(30)).until(() -> rows.workLeft() == 0);
    }

    private SearchExport.Plan plan(StaffMember member) {
        return export.plan(search.ask(Query.of(word), member), member).orElseThrow();
    }

    private byte[] written(SearchExport.Plan plan, ExportFormat format, boolean withText, StaffMember member)
            throws IOException {
        var out = new ByteArrayOutputStream();
        export.write(plan, new SearchExport.Asked(format, withText, "yearly report"), member, out);
        return out.toByteArray();
    }

    private static List<List<String>> csv(byte[] file) {
        var text = new String(file, StandardCharsets.UTF_8);
        assertThat(text).startsWith("\uFEFF");
        try (var reader = CsvReader.builder().ofCsvRecord(text.substring(1))) {
            return StreamSupport.stream(reader.spliterator(), false)
                    .map(record -> record.getFields())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<List<String>> workbook(byte[] file) throws IOException {
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(file))) {
            var read = new ArrayList<List<String>>();
            workbook.getSheetAt(0)
                    .forEach(row -> read.add(StreamSupport.stream(row.spliterator(), false)
                            .map(cell -> cell.getStringCellValue())
                            .toList()));
            return read;
        }
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void whatIsFoundIsWrittenWithoutFormulas(ExportFormat format) throws IOException {
        given(1, "=cmd|' /C calc'!A0", "+\"Ballot\",\r\nŵy");

        var file = written(plan(OFFICER), format, false, OFFICER);

        var read = format == ExportFormat.CSV ? csv(file) : workbook(file);
        assertThat(read).hasSize(2);
        assertThat(read.getFirst())
                .containsExactly(
                        "Reference",
                        "Channel",
                        "Direction",
                        "Received",
                        "Subject",
                        "Contact",
                        "Category",
                        "Topic",
                        "Status",
                        "Kept until");
        assertThat(read.getLast())
                .contains("Email", "Received", "'=cmd|' /C calc'!A0", "Press", "New")
                .anyMatch(cell -> cell.startsWith("'+\"Ballot\","))
                .noneMatch(cell -> cell.contains("The text about"));
        assertThat(read.getLast().get(3)).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d");
    }

    @Test
    void whatWeSentHasNoStatus() throws IOException {
        var ids = given(1, "Ann", "Our answer");
        rows.jdbc()
                .sql("update enquiry set direction = 'outbound' where id = ?")
                .param(ids.getFirst())
                .update();

        var row = csv(written(plan(OFFICER), ExportFormat.CSV, false, OFFICER)).getLast();

        assertThat(row.get(2)).isEqualTo("Sent");
        assertThat(row.get(8)).isEmpty();
    }

    @Test
    void moreThanAPageIsWrittenOnceEachAndNothingIsLeftOnTheDisk() throws IOException {
        var ids = given(430, "Ann", "Ballot");
        var plan = plan(OFFICER);
        assertThat(plan.enquiryIds()).containsExactlyInAnyOrderElementsOf(ids);
        long files = temporaryFiles();

        var read = workbook(written(plan, ExportFormat.XLSX, false, OFFICER));

        assertThat(read).hasSize(431);
        assertThat(read.stream().map(List::getFirst)).doesNotHaveDuplicates();
        assertThat(temporaryFiles()).isEqualTo(files);
    }

    private static long temporaryFiles() {
        var files = new File(System.getProperty("java.io.tmpdir"), "poifiles").listFiles();
        return files == null ? 0 : Arrays.stream(files).filter(File::isFile).count();
    }

    @Test
    void whatIsSensitiveIsLeftOutAndCountedForThoseAloneWhoMayReadIt() throws IOException {
        var ids = given(1, "Ann", "Ballot");
        long secret = given(1, "Whistle", "Bribe").getFirst();
        rows.jdbc()
                .sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'allegation')")
                .param(secret)
                .update();
        indexed(List.of(secret));

        assertThat(plan(PROTECTION).sensitive()).isEqualTo(1);
        assertThat(plan(PROTECTION).enquiryIds()).isEqualTo(ids);
        assertThat(plan(OFFICER).sensitive()).isZero();
        assertThat(plan(OFFICER).total()).isEqualTo(1);
        assertThat(csv(written(plan(PROTECTION), ExportFormat.CSV, true, PROTECTION)))
                .hasSize(2)
                .last()
                .asString()
                .contains("The text about");
    }

    @Test
    void whatMayNotBeShownAnyMoreIsNotWritten() throws IOException {
        var ids = given(3, "Ann", "Ballot");
        var plan = plan(OFFICER);
        rows.delete(ids.getFirst());
        rows.jdbc()
                .sql("insert into enquiry_work (enquiry_id, sensitive) values (?, 'allegation')")
                .param(ids.getLast())
                .update();

        // One thread: what is sensitive hides all of it.
        assertThat(csv(written(plan, ExportFormat.CSV, false, OFFICER))).hasSize(1);
    }

    @Test
    void theTrailSaysWhyHowManyAndWhich() throws IOException {
        var id = given(1, "Ann", "Ballot").getFirst();
        var plan = plan(OFFICER);

        written(plan, ExportFormat.CSV, false, OFFICER);

        assertThat(trail.history(new Subject("search", plan.searchId().toString()), 10))
                .singleElement()
                .satisfies(event -> assertThat(event.detail())
                        .isEqualTo("csv of 1 enquiries, 0 sensitive left out: yearly report")
                        .doesNotContain(word));
        assertThat(trail.history(Subject.enquiry(id), 10))
                .anySatisfy(
                        event -> assertThat(event.detail()).isEqualTo("in the export of search " + plan.searchId()));
    }

    @Test
    void aResultThatIsTooLargeIsCountedAndNotListed() {
        given(3, "Ann", "Ballot");

        assertThat(search.list(Query.of(word), 2, OFFICER)).isEqualTo(new IndexedSearch.Listed(3, List.of()));
        assertThat(search.list(Query.of(word), 3, OFFICER).enquiryIds()).hasSize(3);
        assertThat(new SearchExport.Plan(UUID.randomUUID(), Query.of(word), 10_001, List.of(), 0).isTooMany())
                .isTrue();
    }

    @Test
    void aMisspeltWordIsExportedAsItIsShown() {
        given(1, "Ann", "Gerrymandering");
        var question = search.ask(Query.of("gerymandering " + word), OFFICER);

        assertThat(search.page(question, null, OFFICER).orElseThrow().total()).isEqualTo(1);
        assertThat(export.plan(question, OFFICER).orElseThrow().enquiryIds()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void officersReviewersAndDataProtectionOfficersExportAndTheLatterTexts(Role role) throws IOException {
        given(1, "Ann", "Ballot");
        var plan = plan(PROTECTION);
        var member = new StaffMember("staff:x", "X", Set.of(role));
        if (Set.of(Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER).contains(role)) {
            assertThat(export.plan(search.ask(Query.of(word), member), member)).isPresent();
            assertThat(export.plan(UUID.randomUUID(), member)).isEmpty();
        } else {
            assertThatThrownBy(() -> export.plan(plan.searchId(), member)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> written(plan, ExportFormat.CSV, false, member))
                    .isInstanceOf(AccessDeniedException.class);
        }
        if (role != Role.DATA_PROTECTION_OFFICER) {
            assertThatThrownBy(() -> written(plan, ExportFormat.CSV, true, member))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }
}
