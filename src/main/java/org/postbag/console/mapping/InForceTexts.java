package org.postbag.console.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postbag.console.changing.Version;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.changing.Version.State;
import org.postbag.console.changing.Versions;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.TextsInForce;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Tells the parts that read profiles and topics which versions are in force. */
@Component
@Profile("!command")
class InForceTexts implements TextsInForce, SmartInitializingSingleton {

    private final Versions versions;
    private final FormTopics topics;

    InForceTexts(Versions versions, FormTopics topics) {
        this.versions = versions;
        this.topics = topics;
    }

    /** Before the first page is shown. */
    @Override
    public void afterSingletonsInstantiated() {
        topics.refresh();
        versions.onChange(QUESTIONS, _ -> topics.refresh());
    }

    /** What another node put in force, or what was put in force while the database was away. */
    @Scheduled(fixedDelayString = "PT2S", initialDelayString = "PT2S")
    void look() {
        topics.refresh();
    }

    @Override
    public Map<String, Text> all(String kind) {
        try {
            var texts = new LinkedHashMap<String, Text>();
            for (Version version : versions.inForce(kind)) {
                texts.put(version.name(), new Text(version.number(), version.text()));
            }
            return texts;
        } catch (DataAccessException | TransactionException away) {
            throw new UncheckedIOException(new IOException("What is in force can't be told now", away));
        }
    }

    @Override
    public List<String> earlier(String kind, String name, int limit) {
        try {
            return versions.all(kind, name).stream()
                    .filter(version -> version.state() == State.SUPERSEDED)
                    .filter(version -> version.decidedAt() != null || version.origin() == Origin.FILE)
                    .limit(limit)
                    .map(Version::text)
                    .toList();
        } catch (DataAccessException | TransactionException away) {
            return List.of();
        }
    }
}
