package org.mawid.api.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Fee;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.Rate;
import org.mawid.api.network.Network.Service;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;

/**
 * Says in commands how the catalogue of the log differs from the files, and nothing where it does not. Takes nothing away. What is new comes
 * first: it changes no answer, for nothing is offered there yet, and nothing that comes after it can be refused for lack of it.
 */
final class CatalogueImport {
    /** How often what others have changed in between is looked at again. */
    private static final int ATTEMPTS = 5;

    private final Network network;
    private final CatalogueView log;
    private final Numbering numbers;
    private final CommandWriter write;
    private final CommandPipe pipe;
    private final CommandPipe.Refused refused = new CommandPipe.Refused();
    private final Map<String, Rate> rates = new HashMap<>();

    /** What the files say otherwise than the log. @param what for people */
    private record Difference(String what, CommandPipe.Command command) {}

    CatalogueImport(Network network, CatalogueView log, Numbering numbers, CommandWriter write, CommandPipe pipe) {
        this.network = network;
        this.log = log;
        this.numbers = numbers;
        this.write = write;
        this.pipe = pipe;
        network.rates().forEach(rate -> rates.put(rate.currency(), rate));
    }

    /**
     * Posts, desks, resources and services that the log does not know.
     *
     * @throws NetworkImportException when a command was refused; those before it stay, and are not sent again by the next import
     */
    void addWhatIsNew(NetworkImport.Progress progress) {
        for (Service service : network.services()) {
            final int id = numbers.service(service.id());
            if (log.service(id) == null) send("service " + service.code(), (slot, offset) -> write.defineService(slot, offset, id, service));
        }
        for (Post post : network.posts()) {
            if (log.post(numbers.post(post)) == null) money(post);
            for (Pool pool : network.poolsOf(post.id())) addIfNew(post, pool);
            progress.report(NetworkImport.Phase.CATALOGUE, post.id(), network.posts().size());
        }
        pipe.await();
        refused.throwIfAny();
    }

    /** Whether {@link #change} has anything to do. What is new must be in the log, and the read side there. */
    boolean hasChanges() {
        return !differences(0).isEmpty();
    }

    /**
     * All that changes answers: money, durations, prices, and which desk serves what. Done again as long as somebody else's change comes in between.
     *
     * @param caughtUp waits until the read side reflects what was answered
     * @throws NetworkImportException somebody goes on changing the same; the rest is done
     */
    void change(LongSupplier nowMs, Runnable caughtUp) {
        List<Difference> left = differences(nowMs.getAsLong());
        for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
            refused.clear();
            left.forEach(difference -> send(difference.what(), difference.command()));
            pipe.await();
            caughtUp.run();
            left = differences(nowMs.getAsLong());
        }
        if (!left.isEmpty()) refused.throwIfAny();
    }

    private List<Difference> differences(long nowMs) {
        final List<Difference> all = new ArrayList<>();
        for (Service service : network.services()) service(service, nowMs, all);
        for (Post post : network.posts()) {
            final int id = numbers.post(post);
            final CatalogueView.Post old = log.post(id);
            final Rate rate = rates.get(post.currency());
            if (!hasSameMoney(old, post, rate)) {
                all.add(definePost(post, rate));
                all.add(setRate(post, rate));
            } else if (old.microMadPerUnit() != rate.microMadPerUnit()) {
                all.add(setRate(post, rate));
            }
            final Set<String> served = servedAlready(id);
            for (Pool pool : network.poolsOf(post.id())) {
                if (pool instanceof Desk desk) serves(post, desk, numbers.pool(pool.id()), served, all);
            }
        }
        return all;
    }

    private void service(Service service, long nowMs, List<Difference> all) {
        final int id = numbers.service(service.id());
        final CatalogueView.Service old = log.service(id);
        final FeeTime known = old == null ? FeeTime.AT_POST : old.feeTime();
        final CatalogueView.Service wanted = new CatalogueView.Service(id, service.code(), service.minutes(), ServiceScope.valueOf(service.scope().name()),
                service.validationRequired(), service.appointmentRequired(), service.urgent(), CommandWriter.bits(service.resourceKinds()),
                service.quantityMax(), known, old == null ? null : old.cooling(), old == null ? CatalogueView.Documents.NONE : old.documents()); // of which the files say nothing
        if (!wanted.equals(old)) {
            all.add(new Difference("service " + service.code(), (slot, offset) -> write.defineService(slot, offset, id, service)));
        }
        final FeeTime feeTime = feeTime(service, known);
        if (feeTime != known) {
            all.add(new Difference("fee time of " + service.code(), (slot, offset) -> write.setFeeTime(slot, offset, id, feeTime)));
        }
        final CatalogueView.Tariff newest = log.tariff(id, Long.MAX_VALUE);
        if (newest != null && Arrays.equals(centimes(newest.beneficiaryCentimes()), centimes(service))) return;
        final long version = newest == null ? 1 : newest.version() + 1;
        all.add(new Difference("tariff of " + service.code(), (slot, offset) -> write.setTariff(slot, offset, id, version, nowMs, service.fee())));
    }

    /** Whether the files say of a fee that it is paid at another time than the log has: older core versions have no such thing. */
    boolean changesFeeTimes() {
        return network.services().stream().anyMatch(service -> {
            final CatalogueView.Service old = log.service(numbers.service(service.id()));
            final FeeTime known = old == null ? FeeTime.AT_POST : old.feeTime();
            return feeTime(service, known) != known;
        });
    }

    private static FeeTime feeTime(Service service, FeeTime otherwise) {
        return service.feeTime() == null ? otherwise : FeeTime.valueOf(service.feeTime().name());
    }

    // Rounding belongs to the post and is not in the files: what an operator has set stays as long as the currency does.
    private static boolean hasSameMoney(CatalogueView.Post old, Post post, Rate rate) {
        return old.currency().equals(post.currency()) && old.minorDigits() == rate.minorUnits();
    }

    private void money(Post post) {
        final Rate rate = rates.get(post.currency());
        for (Difference step : List.of(definePost(post, rate), setRate(post, rate))) send(step.what(), step.command());
    }

    private Difference definePost(Post post, Rate rate) {
        final int id = numbers.post(post);
        return new Difference("post " + post.code(), (slot, offset) -> write.definePost(slot, offset, id, post.code(), post.currency(), rate.minorUnits(), 1));
    }

    private Difference setRate(Post post, Rate rate) {
        final int id = numbers.post(post);
        return new Difference("rate of " + post.code(), (slot, offset) -> write.setRate(slot, offset, id, rate.microMadPerUnit()));
    }

    private void addIfNew(Post post, Pool pool) {
        final int postId = numbers.post(post);
        final int poolId = numbers.pool(pool.id());
        if (log.pool(poolId) != null) return;
        send(post.code() + ' ' + Numbering.code(pool),
                (slot, offset) -> write.definePool(slot, offset, poolId, postId, Numbering.kind(pool), Numbering.code(pool)));
    }

    private void serves(Post post, Desk desk, int deskId, Set<String> served, List<Difference> all) {
        final Set<Integer> wanted = new TreeSet<>();
        desk.serviceIds().forEach(service -> wanted.add(numbers.service(service)));
        final Set<Integer> either = new TreeSet<>(wanted);
        log.services().forEach(service -> either.add(service.serviceId()));
        for (int serviceId : either) {
            final boolean serves = wanted.contains(serviceId);
            if (serves == served.contains(key(deskId, serviceId))) continue;
            all.add(new Difference(post.code() + ' ' + desk.code() + " service " + serviceId,
                    (slot, offset) -> write.setDeskService(slot, offset, deskId, serviceId, serves)));
        }
    }

    private Set<String> servedAlready(int postId) {
        final Set<String> served = new HashSet<>();
        for (CatalogueView.Service service : log.services()) {
            log.desksFor(postId, service.serviceId()).forEach(desk -> served.add(key(desk.poolId(), service.serviceId())));
        }
        return served;
    }

    private static String key(int deskId, int serviceId) {
        return deskId + " " + serviceId;
    }

    private void send(String what, CommandPipe.Command command) {
        pipe.send(command, (result, number1) -> {
            if (result != Result.OK) refused.add(what, result, number1);
        });
    }

    private static long[] centimes(long[] byBeneficiary) {
        return Arrays.copyOf(byBeneficiary, Beneficiary.values().length);
    }

    private static long[] centimes(Service service) {
        final long[] centimes = new long[Beneficiary.values().length];
        for (Fee fee : service.fee()) centimes[CommandWriter.beneficiary(fee).value()] = fee.centimes();
        return centimes;
    }
}
