package org.postbag.enquiries.web;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.postbag.figures.ColumnChart;
import org.postbag.staff.PageStreams;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffSession;
import org.postbag.staff.StaffTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** Tells open first pages what has changed: the page's own figures and nothing else. What all see is counted once for all of them. */
@Component
class Arrivals {

    static final int STREAMS_MAX = PageStreams.STREAMS_MAX;
    static final int STREAMS_OF_SESSION_MAX = PageStreams.STREAMS_OF_SESSION_MAX;

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final PageStreams streams = new PageStreams("arrivals");
    private final HomeFigures figures;
    private final JsonMapper json;
    private final StaffTexts texts;

    Arrivals(HomeFigures figures, JsonMapper json, StaffTexts texts) {
        this.figures = figures;
        this.json = json;
        this.texts = texts;
    }

    /** What a page is told: each need's count and words, and the picture's heights. */
    record News(long today, long week, List<Waiting> needs, List<Series> channels) {}

    record Waiting(String key, boolean none, String figure, String says) {}

    /** @param columns where each column begins, and its height */
    record Series(String channel, String figure, List<List<String>> columns) {}

    /** What the page as it is made shows: it is told nothing until that changes. */
    String stamp(HomeFigures.Shared shared, List<HomeFigures.Need> needs) {
        return PageStreams.stamp(news(shared, needs));
    }

    /** Empty where there are too many: the page works without. */
    Optional<SseEmitter> open(StaffSession session, String shown) {
        return streams.open(session, shown);
    }

    @Scheduled(initialDelayString = "PT3S", fixedDelayString = "PT3S")
    void look() {
        if (streams.count() == 0) {
            return;
        }
        try {
            var shared = figures.shared();
            var ofMember = new HashMap<StaffMember, String>();
            streams.tell(member -> ofMember.computeIfAbsent(member, one -> news(shared, figures.needs(shared, one))));
        } catch (DataAccessException away) {
            LOG.debug("What came in can't be counted now", away);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        streams.close();
    }

    int count() {
        return streams.count();
    }

    private String news(HomeFigures.Shared shared, List<HomeFigures.Need> needs) {
        var received = shared.received();
        return json.writeValueAsString(new News(
                received.ofToday(),
                received.ofWeek(),
                needs.stream()
                        .map(need -> new Waiting(need.key(), need.count() == 0, need.figure(), need.says()))
                        .toList(),
                received.chart(texts).rows().stream().map(Arrivals::series).toList()));
    }

    private static Series series(ColumnChart.Row row) {
        return new Series(
                row.key(),
                row.figure(),
                row.columns().stream()
                        .map(column -> List.of(column.y(), column.height()))
                        .toList());
    }
}
