package org.mawid.bench.kingdom;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Load;
import org.mawid.api.network.Network.Measure;
import org.mawid.api.network.Network.VisitSize;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;

/** A short history of a few posts, written by the real pipeline (ring, journal, core), and what its generator said while it was told. */
public final class RecordedHistory {
    /** Other ones than in the files: who reads the files instead of the history is wrong. */
    private static final List<VisitSize> SIZES = List.of(size(Measure.SERVICES, 1, 20), size(Measure.SERVICES, 3, 80), size(Measure.PERSONS, 1, 40), size(Measure.PERSONS, 2, 60));

    /**
     * The generator's books.
     *
     * @param post    the busiest, as in the network
     * @param units   of service, asked for there
     * @param persons of the requests there, each counted with every request
     */
    public record Books(long applications, long lines, Map<String, Long> requestsByPost, Map<String, Long> unitsByService, Network.Post post, long units, long persons) {
    }

    /** Listens to a generator on its way to an engine. */
    private static final class Overheard extends WayAround {
        private final Network network;
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final SubmitApplicationDecoder submit = new SubmitApplicationDecoder();
        private final Map<String, Long> requestsByPost = new TreeMap<>();
        private final Map<String, Long> unitsByService = new TreeMap<>();
        private final Map<String, Long> unitsByPost = new TreeMap<>();
        private final Map<String, Long> personsByPost = new TreeMap<>();

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
                    final String post = network.posts().get(submit.postId() - 1).code();
                    requestsByPost.merge(post, 1L, Long::sum);
                    final Set<Long> persons = new HashSet<>();
                    for (final SubmitApplicationDecoder.LinesDecoder line : submit.lines()) {
                        unitsByService.merge(network.service(line.serviceId()).code(), (long) line.quantity(), Long::sum);
                        unitsByPost.merge(post, (long) line.quantity(), Long::sum);
                        persons.add(line.personKey());
                    }
                    personsByPost.merge(post, (long) persons.size(), Long::sum);
                }
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
            way.say(postId, length, slot, brings, number, stamps);
        }
    }

    private RecordedHistory() {
    }

    private static VisitSize size(final Measure measure, final int size, final int percent) {
        return new VisitSize(measure, size, false, BigDecimal.valueOf(percent), BigDecimal.valueOf(size));
    }

    /** The first posts of the real network alone, so that their numbers stay as they are; with a multiple of their own demand, and {@link #SIZES}. */
    private static Network network(final int posts, final int times) {
        final Network real = Network.bundled();
        final List<Load> loads = real.loads().stream().filter(load -> load.postId() <= posts).map(load -> new Load(load.postId(), load.percent(),
                times * load.appointmentsPerYear(), load.slotsPerYear(), load.slotsPerDay(), load.peakDaySlots())).toList();
        return new Network(real.posts().subList(0, posts), real.services(), real.pools().stream().filter(pool -> pool.postId() <= posts).toList(), real.rates(), real.calendars(),
                real.mix(), SIZES, loads, real.notices());
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
                    network.posts().stream().filter(post -> post.code().equals(busiest)).findFirst().orElseThrow(), way.unitsByPost.get(busiest), way.personsByPost.get(busiest));
        }
    }
}
