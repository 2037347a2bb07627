package org.postbag.receiving;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.postbag.settings.MissingSetting;

/**
 * The topics of receipts are there, and may be written and read.
 *
 * @param copies the brokers that hold each receipt, at least
 */
public record ReceiptTopic(int copies) {

    /** As many copies as outlive a broker that is lost while another is away. */
    static final int COPIES_SAFE = 3;

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Duration WAIT = Duration.ofSeconds(40);
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofMillis(200);
    private static final int ASKED_TIMES_MAX = 50;

    private static final Set<AclOperation> TOPIC_NEEDS = Set.of(AclOperation.READ, AclOperation.WRITE);

    /**
     * Makes the topics unless they are there. With three replicas or more, a receipt is acknowledged by at least two.
     *
     * @throws MissingSetting which names what is wrong
     */
    public static ReceiptTopic make(KafkaConnection kafka, int partitions, short replicas) {
        try (var admin = kafka.admin(WAIT)) {
            int copies = Integer.MAX_VALUE;
            for (var name : List.of(KafkaConnection.TOPIC, KafkaConnection.LETTERS_TOPIC)) {
                copies = Math.min(copies, copies(make(admin, name, partitions, replicas)));
            }
            for (var group : List.of(KafkaConnection.FILING_GROUP, KafkaConnection.LETTERS_GROUP)) {
                check(admin, group);
            }
            return new ReceiptTopic(copies);
        } catch (ExecutionException refused) {
            throw KafkaRefused.told(refused.getCause() == null ? refused : refused.getCause());
        } catch (TimeoutException | KafkaException refused) {
            throw KafkaRefused.told(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ReceivingUnavailable("Interrupted", interrupted);
        }
    }

    private static int copies(TopicDescription topic) {
        return topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    private static TopicDescription make(Admin admin, String name, int partitions, short replicas)
            throws ExecutionException, InterruptedException, TimeoutException {
        var topic = describe(admin, name);
        if (topic == null) {
            create(admin, name, partitions, replicas);
            topic = describeNew(admin, name);
        }
        var allowed = topic.authorizedOperations();
        if (allowed != null && !allowed.containsAll(TOPIC_NEEDS)) {
            throw new TopicAuthorizationException(Set.of(name));
        }
        return topic;
    }

    private static void create(Admin admin, String name, int partitions, short replicas)
            throws ExecutionException, InterruptedException, TimeoutException {
        var topic = new NewTopic(name, partitions, replicas)
                .configs(Map.of(
                        "retention.ms",
                        Long.toString(RETENTION.toMillis()),
                        "min.insync.replicas",
                        replicas >= COPIES_SAFE ? "2" : "1"));
        for (int asked = 1; ; asked++) {
            try {
                await(admin.createTopics(List.of(topic)).all());
                return;
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof TopicExistsException) {
                    return; // Another node made it just now.
                }
                // A broker that starts, or wasn't heard of for a moment, takes no topic yet.
                if (!(failed.getCause() instanceof InvalidReplicationFactorException) || asked == ASKED_TIMES_MAX) {
                    throw failed;
                }
            }
            pause();
        }
    }

    private static @Nullable TopicDescription describe(Admin admin, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        try {
            return await(admin.describeTopics(List.of(name), options).allTopicNames())
                    .get(name);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw failed;
        }
    }

    /** A broker may hear a little later of a topic that was made through another. */
    private static TopicDescription describeNew(Admin admin, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        for (int asked = 0; asked < ASKED_TIMES_MAX; asked++) {
            var topic = describe(admin, name);
            if (topic != null) {
                return topic;
            }
            pause();
        }
        throw new TimeoutException("A topic was made and isn't there");
    }

    private static void pause() throws ExecutionException, InterruptedException {
        var later = CompletableFuture.delayedExecutor(ASKED_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> {}, later).get();
    }

    /** A group that nobody is in yet is described too, with what this user may do with it. */
    private static void check(Admin admin, String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        var options = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
        try {
            var described =
                    await(admin.describeConsumerGroups(List.of(group), options).all());
            var allowed = Objects.requireNonNull(described.get(group)).authorizedOperations();
            if (allowed != null && !allowed.contains(AclOperation.READ)) {
                throw new GroupAuthorizationException(group);
            }
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof GroupIdNotFoundException)) {
                throw failed;
            }
        }
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(WAIT.toSeconds(), TimeUnit.SECONDS);
    }
}
