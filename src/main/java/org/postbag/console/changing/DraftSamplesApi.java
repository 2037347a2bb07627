package org.postbag.console.changing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.Version.State;
import org.postbag.console.reaching.LookTrail;
import org.postbag.console.reaching.SampleItem;
import org.postbag.console.reaching.Samples;
import org.postbag.console.reaching.WouldBeItem;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/changes/route/…/samples}: what an item would become by a version of a route. A script keeps its own samples: none is kept here. */
@RestController
@Profile("!command")
class DraftSamplesApi {

    private static final String LABEL = "The sample";

    private final Versions versions;
    private final RouteSamples samples;
    private final LookTrail looks;

    DraftSamplesApi(Versions versions, RouteSamples samples, LookTrail looks) {
        this.versions = versions;
        this.samples = samples;
        this.looks = looks;
    }

    /** @param content the item's bytes, in Base64 */
    record Given(@Nullable String fileName, byte @Nullable [] content) {}

    record Answer(List<WouldBeItem> wouldBe) {}

    @PostMapping("/api/changes/route/{name}/{number}/samples")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Answer look(@PathVariable String name, @PathVariable int number, @RequestBody Given given) {
        var version = versions.byNumber(RouteChanges.KIND, name, number)
                .orElseThrow(() ->
                        new ApiProblem(HttpStatus.NOT_FOUND, "Not found", "There is no such version of a route."));
        var content = given.content();
        if (content == null || content.length == 0 || content.length > Samples.SAMPLE_BYTES_MAX) {
            throw new ApiProblem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "Nothing was tried",
                    "content is from 1 byte to 20 MB, in Base64.");
        }
        var form = RouteForm.read(version.text());
        if (form.isEmpty() || !isPassed(version)) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT,
                    "Nothing was tried",
                    form.isEmpty()
                            ? "The version names no connector, so there are no steps that a sample could go."
                            : "The version is not on its way, or the checks found something that stops it.");
        }
        var fileName = given.fileName();
        var found = samples.become(form.get(), new SampleItem(fileName == null ? LABEL : fileName, content, LABEL));
        return new Answer(
                looks.recorded(name, LABEL, found).stream().map(WouldBeItem::of).toList());
    }

    /** Settings in a text that was refused are not to be resolved. */
    static boolean isPassed(Version version) {
        return version.state() == State.CHECKED || version.state() == State.WAITING;
    }
}
