package org.postbag.console.changing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postbag.console.changing.Finding.Stage;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Routes, as one of the kinds that are changed in the console. */
@Component
@Profile("!command")
class RouteChanges implements Changeable {

    static final String KIND = "route";

    private final RunningRoutes routes;
    private final AllowedHere allowed;
    private final Trial trial;
    private final RouteSamples samples;

    RouteChanges(RunningRoutes routes, AllowedHere allowed, Trial trial, RouteSamples samples) {
        this.routes = routes;
        this.allowed = allowed;
        this.trial = trial;
        this.samples = samples;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String label() {
        return "route";
    }

    @Override
    public List<String> names() {
        return routes.ofFiles();
    }

    @Override
    public Optional<String> fileText(String name) {
        return routes.fileText(name);
    }

    @Override
    public List<Finding> check(String name, String text) {
        var findings = new ArrayList<>(RoutePolicy.check(name, text, allowed.now()));
        if (findings.isEmpty()) {
            var form = RouteForm.read(text);
            trial.run(form.flatMap(one -> routes.connectorText(one.connector())), text)
                    .ifPresent(words -> findings.add(Finding.stop(Stage.TRIAL, words)));
            if (findings.isEmpty()) {
                form.ifPresent(one -> findings.addAll(samples.findings(one)));
            }
        }
        return findings;
    }

    @Override
    public Optional<String> atRest(String name, Runnable change) {
        return routes.atRest(name, change);
    }

    @Override
    public CarriedOut carryOut(String name, String text) {
        return routes.put(name, text);
    }

    @Override
    public CarriedOut retire(String name) {
        return routes.fileText(name).isPresent()
                ? new CarriedOut.LeftAsItWas(
                        "The route stands in a file. Take it out of there first, and start Postbag again.")
                : routes.remove(name);
    }

    @Override
    public String editPath(String name) {
        return "/routes/" + name + "/change";
    }
}
