package org.postbag.enquiries;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postbag.TestServers;
import org.postbag.contacts.Claims;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.OwnAddresses;
import org.postbag.contacts.Reviews;
import org.postbag.normalising.Normaliser;
import org.postbag.receiving.RawStore;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The modules that file, wired as in the program, on a real database, with items made by the test. */
final class FilingRig implements AutoCloseable {

    static final String OWN_ADDRESS = "calls@contact-centre.example";
    static final String OWN_NUMBER = "+443003001000";

    @Configuration(proxyBeanMethods = false)
    @ComponentScan(
            basePackages = {
                "org.postbag.retention",
                "org.postbag.audit",
                "org.postbag.work",
                "org.postbag.contacts",
                "org.postbag.enquiries",
                "org.postbag.keeping"
            },
            excludeFilters =
                    @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.(web|api)\\..*|.*Test(\\$.*)?"))
    static class Modules {}

    final TestServers.Database database;
    final TestItems items = new TestItems();
    private volatile Instant now;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    FilingRig() {
        this(TestServers.database(), Instant.parse("2026-04-01T12:00:00Z"));
    }

    FilingRig(TestServers.Database database, Instant now) {
        this(database, now, false);
    }

    FilingRig(TestServers.Database database, Instant now, boolean acknowledges) {
        this.database = database;
        this.now = now;
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("postbag.filing.enabled", "false")));
        context.registerBean(DataSource.class, database::application);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(database.application()));
        context.registerBean(
                TransactionTemplate.class,
                () -> new TransactionTemplate(new JdbcTransactionManager(database.application())));
        context.registerBean(Clock.class, () -> ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC));
        context.registerBean("items", TestItems.class, () -> items);
        context.registerBean(
                OwnAddresses.class, () -> new OwnAddresses(List.of("@body.example", OWN_ADDRESS), List.of(OWN_NUMBER)));
        context.registerBean(AcknowledgementSettings.class, () -> new AcknowledgementSettings(acknowledges, null));
        context.registerBean(FilingSettings.class, () -> new FilingSettings(false, 1, "test"));
        context.registerBean(BacklogSettings.class, () -> new BacklogSettings(30));
        context.register(Modules.class);
        context.refresh();
        assert context.getBean(RawStore.class) == context.getBean(Normaliser.class);
    }

    /** Shows the time that the test sets. */
    /** From now on it is this time. */
    void at(Instant moment) {
        now = moment;
    }

    Filer filer() {
        return context.getBean(Filer.class);
    }

    ContactPanel panel() {
        return context.getBean(ContactPanel.class);
    }

    Quarantine quarantine() {
        return context.getBean(Quarantine.class);
    }

    Enquiries enquiries() {
        return context.getBean(Enquiries.class);
    }

    Contacts contacts() {
        return context.getBean(Contacts.class);
    }

    Claims claims() {
        return context.getBean(Claims.class);
    }

    Reviews reviews() {
        return context.getBean(Reviews.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcClient sql() {
        return JdbcClient.create(database.application());
    }

    JdbcClient ownerSql() {
        return JdbcClient.create(database.owner());
    }

    long count(String from) {
        return sql().sql("select count(*) from " + from).query(Long.class).single();
    }

    String text(String sql) {
        return sql().sql(sql).query(String.class).single();
    }

    /** The id of the contact on whom an item was filed. */
    long contactOf(String label) {
        return sql().sql("select contact_id from enquiry where receipt_id = :id")
                .param("id", TestItems.id(label).hex())
                .query(Long.class)
                .single();
    }

    long enquiryOf(String label) {
        return sql().sql("select id from enquiry where receipt_id = :id")
                .param("id", TestItems.id(label).hex())
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        context.close();
    }
}
