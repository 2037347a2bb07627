package org.postbag;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Real servers in containers, where a Docker engine answers and has the image or can fetch it. Who gets none runs the same server as a process of this
 * machine; which of the two it is stands in the output of the tests, a line for each server.
 */
public final class Containers {

    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);

    /** A registry that says nothing at all for so long isn't reached from here. */
    private static final Duration PULL_BEGINS_MAX = Duration.ofSeconds(15);

    private static final Duration PULL_MAX = Duration.ofMinutes(10);

    private Containers() {}

    /**
     * A container that has started, though what is in it may not answer yet.
     *
     * @param server as the output names it
     * @param property that names the image
     * @param otherwise what runs in its place where there is none
     */
    public static Optional<GenericContainer<?>> started(
            String server, String property, String otherwise, Consumer<GenericContainer<?>> settings) {
        var image = System.getProperty(property, "");
        var without = image.isBlank() ? property + " is not set" : missing(image);
        if (without.isEmpty()) {
            var container = new GenericContainer<>(DockerImageName.parse(image));
            settings.accept(container);
            container.start(); // its end is Testcontainers' concern
            LOG.warn("The tests' {} runs in a container of {}", server, image);
            return Optional.of(container);
        }
        LOG.warn("The tests' {} is {}: {}", server, otherwise, without);
        return Optional.empty();
    }

    /** Why there is no image to start; empty where it is there. */
    private static String missing(String image) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return "no Docker engine answers";
        }
        var client = DockerClientFactory.instance().client();
        try {
            client.inspectImageCmd(image).exec();
            return "";
        } catch (NotFoundException notYet) {
            return pull(client, image) ? "" : "the Docker engine has no image " + image + ", and can't fetch it";
        }
    }

    private static boolean pull(DockerClient client, String image) {
        var begun = new CountDownLatch(1);
        try (var pulling = client.pullImageCmd(DockerImageName.parse(image).toString())
                .exec(new ResultCallback.Adapter<PullResponseItem>() {
                    @Override
                    public void onNext(PullResponseItem progress) {
                        begun.countDown();
                    }

                    @Override
                    public void onComplete() {
                        begun.countDown();
                        super.onComplete();
                    }

                    @Override
                    public void onError(Throwable failed) {
                        begun.countDown();
                        super.onError(failed);
                    }
                })) {
            if (begun.await(PULL_BEGINS_MAX.toSeconds(), TimeUnit.SECONDS)
                    && pulling.awaitCompletion(PULL_MAX.toSeconds(), TimeUnit.SECONDS)) {
                client.inspectImageCmd(image).exec();
                return true;
            }
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.io.IOException | DockerException notReached) {
            return false;
        }
    }
}
