package org.mawid.api.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Fee;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.Rate;
import org.mawid.api.network.Network.Service;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;

/** Says in commands how the catalogue of the log differs from the files, and nothing where it does not. Takes nothing away. */
final class CatalogueImport {
    private final Network network;
    private final CatalogueView log;
    private final Numbering numbers;
    private final CommandWriter write;
    private final CommandPipe pipe;
    private final CommandPipe.Refused refused = new CommandPipe.Refused();

    CatalogueImport(Network network, CatalogueView log, Numbering numbers, CommandWriter write, CommandPipe pipe) {
        this.network = network;
        this.log = log;
        this.numbers = numbers;
        this.write = write;
        this.pipe = pipe;
    }

    /** @throws NetworkImportException when a command was refused; those before it stay, and are not sent again by the next import */
    void run(long nowMs, NetworkImport.Progress progress) {
        for (Service service : network.services()) service(service, nowMs);
        final Map<String, Rate> rates = new HashMap<>();
        network.rates().forEach(rate -> rates.put(rate.currency(), rate));
        for (Post post : network.posts()) {
            post(post, rates.get(post.currency()));
            progress.report(NetworkImport.Phase.CATALOGUE, post.id(), network.posts().size());
        }
        pipe.await();
        refused.throwIfAny();
    }

    private void service(Service service, long nowMs) {
        final int id = numbers.service(service.id());
        final CatalogueView.Service wanted = new CatalogueView.Service(id, service.code(), service.minutes(), ServiceScope.valueOf(service.scope().name()),
                service.validationRequired(), service.appointmentRequired(), service.urgent(), CommandWriter.bits(service.resourceKinds()),
                service.quantityMax());
        if (!wanted.equals(log.service(id))) send("service " + service.code(), (slot, offset) -> write.defineService(slot, offset, id, service));

        final CatalogueView.Tariff newest = log.tariff(id, Long.MAX_VALUE);
        if (newest != null && Arrays.equals(centimes(newest.beneficiaryCentimes()), centimes(service))) return;
        final long version = newest == null ? 1 : newest.version() + 1;
        send("tariff of " + service.code(), (slot, offset) -> write.setTariff(slot, offset, id, version, nowMs, service.fee()));
    }

    private void post(Post post, Rate rate) {
        final int id = numbers.post(post);
        final CatalogueView.Post old = log.post(id);
        // Rounding belongs to the post and is not in the files: what an operator has set stays as long as the currency does.
        final boolean sameMoney = old != null && old.currency().equals(post.currency()) && old.minorDigits() == rate.minorUnits();
        if (!sameMoney) {
            send("post " + post.code(), (slot, offset) -> write.definePost(slot, offset, id, post.code(), post.currency(), rate.minorUnits(), 1));
        }
        if (!sameMoney || old.microMadPerUnit() != rate.microMadPerUnit()) {
            send("rate of " + post.code(), (slot, offset) -> write.setRate(slot, offset, id, rate.microMadPerUnit()));
        }
        final Set<String> served = servedAlready(id);
        for (Pool pool : network.poolsOf(post.id())) {
            final int poolId = numbers.pool(pool.id());
            if (log.pool(poolId) == null) {
                send(post.code() + ' ' + Numbering.code(pool),
                        (slot, offset) -> write.definePool(slot, offset, poolId, id, Numbering.kind(pool), Numbering.code(pool)));
            }
            if (pool instanceof Desk desk) serves(post, desk, poolId, served);
        }
    }

    private void serves(Post post, Desk desk, int deskId, Set<String> served) {
        final Set<Integer> wanted = new TreeSet<>();
        desk.serviceIds().forEach(service -> wanted.add(numbers.service(service)));
        final Set<Integer> either = new TreeSet<>(wanted);
        log.services().forEach(service -> either.add(service.serviceId()));
        for (int serviceId : either) {
            final boolean serves = wanted.contains(serviceId);
            if (serves == served.contains(key(deskId, serviceId))) continue;
            send(post.code() + ' ' + desk.code() + " service " + serviceId,
                    (slot, offset) -> write.setDeskService(slot, offset, deskId, serviceId, serves));
        }
    }

    private Set<String> servedAlready(int postId) {
        final Set<String> served = new HashSet<>();
        if (log.post(postId) == null) return served;
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
