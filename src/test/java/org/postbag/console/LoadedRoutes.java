package org.postbag.console;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.postbag.console.changing.RunningRoutes;

/** The routes of a node as its files make them, for tests of what changes them. */
public final class LoadedRoutes {

    private LoadedRoutes() {}

    /** @param folder with the folders {@code connectors} and {@code routes} */
    public static RunningRoutes of(CamelContext context, Path folder) {
        var files = new RouteFiles(folder.resolve("connectors"), folder.resolve("routes"));
        files.afterApplicationStart(context);
        return files;
    }
}
