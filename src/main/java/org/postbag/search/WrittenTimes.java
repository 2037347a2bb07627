package org.postbag.search;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.postbag.enquiries.IndexedTimes;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Asks the index when it wrote an enquiry, but not for long: a page waits for the answer. */
@Component
@Profile("!command")
final class WrittenTimes implements IndexedTimes {

    private static final long ANSWER_SECONDS_MAX = 2;

    private final SearchIndex index;

    WrittenTimes(SearchIndex index) {
        this.index = index;
    }

    @Override
    public Optional<Instant> of(long enquiryId) {
        var answer = new CompletableFuture<Optional<Instant>>();
        answer.completeOnTimeout(Optional.empty(), ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        Thread.ofVirtual().name("when-indexed").start(() -> answer.complete(asked(enquiryId)));
        return answer.join();
    }

    private Optional<Instant> asked(long enquiryId) {
        try {
            return index.contents().of(List.of(enquiryId)).stream()
                    .map(SearchIndex.Entry::writtenAt)
                    .filter(Objects::nonNull)
                    .findFirst();
        } catch (IOException | RuntimeException away) {
            return Optional.empty();
        }
    }
}
