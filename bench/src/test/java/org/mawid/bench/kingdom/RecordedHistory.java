package org.mawid.bench.kingdom;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Load;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;

/** A short history of a few posts, written by the real pipeline (ring, journal, core), and what its generator said while it was told. */
public final class RecordedHistory {
    /**
     * The generator's books.
     *
     * @param post the busiest, as in the network
     */
    public record Books(long applications, long lines, Map<String, Long> requestsByPost, Map<String, Long> unitsByService, Network.Post post) {
    }

    /** Listens to a generator on its way to an engine. */
    private static final class Overheard extends WayAround {
        private final Network network;
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final SubmitApplicationDecoder submit = new SubmitApplicationDecoder();
        private final Map<String, Long> requestsByPost = new TreeMap<>();
        private final Map<String, Long> unitsByService = new TreeMap<>();

        private Overheard(final Cases cases, final Network network, final Way way) {
            super(cases, way);
            this.network = network;
        }

        @Override
        void say(final int postId, final int length, final int slot, final int brings, final long number, final int stamps) {
            try {
                final MutableDirectBuffer said = way.buffer(postId);
                if (header.wrap(said, way.offset(postId)).templateId() == SubmitApplicationDecoder.TEMPLATE_ID) {
                    submit.wrapAndApplyHeader(said, way.offset(postId), header);
                    requestsByPost.merge(network.posts().get(submit.postId() - 1).code(), 1L, Long::sum);
                    for (final SubmitApplicationDecoder.LinesDecoder line : submit.lines()) {
                        unitsByService.merge(network.service(line.serviceId()).code(), (long) line.quantity(), Long::sum);
                    }
                }
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
            way.say(postId, length, slot, brings, number, stamps);
        }
    }

    private RecordedHistory() {
    }

    /** The first posts of the real network alone, so that their numbers stay as they are; with a multiple of their own demand. */
    private static Network network(final int posts, final int times) {
        final Network real = Network.bundled();
        final List<Load> loads = real.loads().stream().filter(load -> load.postId() <= posts).map(load -> new Load(load.postId(), load.percent(),
                times * load.appointmentsPerYear(), load.slotsPerYear(), load.slotsPerDay(), load.peakDaySlots())).toList();
        return new Network(real.posts().subList(0, posts), real.services(), real.pools().stream().filter(pool -> pool.postId() <= posts).toList(), real.rates(), real.calendars(),
                real.mix(), real.visitSizes(), loads, real.notices());
    }

    /** @param data a folder that is not there yet @return what was said of it, and nothing that was read back */
    public static Books into(final Path data, final int appointments) throws Exception {
        final Network network = network(8, 4);
        final Realm realm = new Realm(network, History.appointmentsPerApplication());
        try (EmbeddedEngine engine = EmbeddedEngine.start(Hosts.config(data, false))) {
            Hosts.bring(engine, network);
            final Cases cases = new Cases();
            final Overheard way = new Overheard(cases, network, new InProcess(cases, engine, 4_096));
            final History history = new History(realm, cases, way, 5, appointments, 30);
            while (history.goesOn()) {
                history.step();
            }
            history.finish();
            final String busiest = way.requestsByPost.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
            return new Books(history.books().applications(), history.books().allLines(), way.requestsByPost, way.unitsByService,
                    network.posts().stream().filter(post -> post.code().equals(busiest)).findFirst().orElseThrow());
        }
    }
}
