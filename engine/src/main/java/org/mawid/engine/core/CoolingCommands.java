package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.allocation.CoolingEras;
import org.mawid.engine.allocation.CoolingRows;
import org.mawid.engine.allocation.Coolings;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.kernel.Sha256;
import org.mawid.sbe.CommitCoolingSecretDecoder;
import org.mawid.sbe.CoolingDueSetEncoder;
import org.mawid.sbe.CoolingEraChangedEncoder;
import org.mawid.sbe.CoolingSetEncoder;
import org.mawid.sbe.EndCoolingAtDecoder;
import org.mawid.sbe.EraState;
import org.mawid.sbe.Result;
import org.mawid.sbe.RevealCoolingSecretDecoder;
import org.mawid.sbe.SetCoolingDecoder;

/**
 * How long given-back room cools, and by which secret. The secret itself is outside until it is revealed: with it in the state, whoever runs the machine
 * would know when room comes. From core version 7 on.
 */
final class CoolingCommands {
    private static final long MOST_MS = 86_400_000L;

    private final Rooms rooms;
    private final Coolings coolings;
    private final Sha256 sha256 = new Sha256();
    private final EndCoolingAtDecoder endAt = new EndCoolingAtDecoder();
    private final SetCoolingDecoder set = new SetCoolingDecoder();
    private final CommitCoolingSecretDecoder commit = new CommitCoolingSecretDecoder();
    private final RevealCoolingSecretDecoder reveal = new RevealCoolingSecretDecoder();
    private final CoolingDueSetEncoder dueSet = new CoolingDueSetEncoder();
    private final CoolingSetEncoder coolingSet = new CoolingSetEncoder();
    private final CoolingEraChangedEncoder eraChanged = new CoolingEraChangedEncoder();

    CoolingCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.coolings = rooms.allocation.coolings();
    }

    Result dispatch(final int template, final DirectBuffer command, final Outcome outcome) {
        if (!rooms.catalogue.coreVersion().coolsRoom()) return Result.CORE_VERSION_UNSUPPORTED;
        return switch (template) {
            case EndCoolingAtDecoder.TEMPLATE_ID -> endAt(command, outcome);
            case SetCoolingDecoder.TEMPLATE_ID -> set(command);
            case CommitCoolingSecretDecoder.TEMPLATE_ID -> commit(command, outcome);
            default -> reveal(command, outcome);
        };
    }

    private Result endAt(final DirectBuffer command, final Outcome outcome) {
        endAt.wrap(command, CommandCheck.HEADER, EndCoolingAtDecoder.BLOCK_LENGTH, EndCoolingAtDecoder.SCHEMA_VERSION);
        final CoolingRows runs = coolings.rows();
        final long cooling = endAt.coolingId();
        final long delayMs = endAt.delayMs();
        final long run = runs.firstOf(cooling);
        if (run == 0) return Result.COOLING_UNKNOWN;
        if (runs.era(run) == 0) return unknown(outcome); // no secret was committed to: nobody could check it
        if (delayMs < runs.least(run) || delayMs > runs.most(run)) return Result.OUT_OF_RANGE;
        if (runs.isAnswered(run)) {
            outcome.set(delayMs == runs.delayMs(run) ? Result.OK : Result.CONFLICT, runs.dueMs(run), 0, 0);
            return outcome.result();
        }

        coolings.endAfter(cooling, (int) delayMs);
        final int block = rooms.events.begin(CoolingDueSetEncoder.TEMPLATE_ID, CoolingDueSetEncoder.BLOCK_LENGTH, rooms.catalogue.pools().post(runs.pool(run)));
        dueSet.wrap(rooms.events.buffer(), block).coolingId(cooling).delayMs(delayMs).dueMs(runs.dueMs(run));
        rooms.events.end(dueSet.limit());
        outcome.set(Result.OK, runs.dueMs(run), 0, 0);
        return Result.OK;
    }

    private Result set(final DirectBuffer command) {
        set.wrap(command, CommandCheck.HEADER, SetCoolingDecoder.BLOCK_LENGTH, SetCoolingDecoder.SCHEMA_VERSION);
        if (!rooms.catalogue.services().has(set.serviceId())) return Result.SERVICE_UNKNOWN;
        if (set.minMs() < 0 || set.minMs() > set.maxMs() || set.maxMs() > MOST_MS) return Result.RULES_INVALID;

        coolings.times().set(set.serviceId(), (int) set.minMs(), (int) set.maxMs());
        final int block = rooms.events.begin(CoolingSetEncoder.TEMPLATE_ID, CoolingSetEncoder.BLOCK_LENGTH, 0);
        coolingSet.wrap(rooms.events.buffer(), block).minMs(set.minMs()).maxMs(set.maxMs()).serviceId(set.serviceId());
        rooms.events.end(coolingSet.limit());
        return Result.OK;
    }

    private Result commit(final DirectBuffer command, final Outcome outcome) {
        commit.wrap(command, CommandCheck.HEADER, CommitCoolingSecretDecoder.BLOCK_LENGTH, CommitCoolingSecretDecoder.SCHEMA_VERSION);
        final CoolingEras eras = coolings.eras();
        if (commit.era() != eras.inForce() + 1) return unknown(outcome);
        final long abandoned = eras.count() >= CoolingEras.MOST ? eras.oldestIdle() : 0;
        if (eras.count() >= CoolingEras.MOST && abandoned == 0) return Result.ERAS_FULL;

        if (abandoned != 0) {
            tell(abandoned, eras.word(abandoned, 0), eras.word(abandoned, 1), eras.word(abandoned, 2), eras.word(abandoned, 3), EraState.ABANDONED);
            eras.forget(abandoned);
        }
        eras.commit(commit.era(), commit.word1(), commit.word2(), commit.word3(), commit.word4());
        tell(commit.era(), commit.word1(), commit.word2(), commit.word3(), commit.word4(), EraState.COMMITTED);
        return Result.OK;
    }

    private Result reveal(final DirectBuffer command, final Outcome outcome) {
        reveal.wrap(command, CommandCheck.HEADER, RevealCoolingSecretDecoder.BLOCK_LENGTH, RevealCoolingSecretDecoder.SCHEMA_VERSION);
        final CoolingEras eras = coolings.eras();
        final long era = reveal.era();
        if (!eras.has(era)) return unknown(outcome);
        if (era == eras.inForce() || eras.coolings(era) != 0) return Result.ERA_IN_FORCE;
        sha256.of(reveal.word1(), reveal.word2(), reveal.word3(), reveal.word4());
        for (int i = 0; i < 4; i++) {
            if (sha256.word(i) != eras.word(era, i)) return Result.SECRET_DOES_NOT_MATCH;
        }

        eras.forget(era);
        tell(era, reveal.word1(), reveal.word2(), reveal.word3(), reveal.word4(), EraState.REVEALED);
        return Result.OK;
    }

    private Result unknown(final Outcome outcome) {
        outcome.set(Result.ERA_UNKNOWN, coolings.eras().inForce(), 0, 0);
        return Result.ERA_UNKNOWN;
    }

    private void tell(final long era, final long word1, final long word2, final long word3, final long word4, final EraState state) {
        final int block = rooms.events.begin(CoolingEraChangedEncoder.TEMPLATE_ID, CoolingEraChangedEncoder.BLOCK_LENGTH, 0);
        eraChanged.wrap(rooms.events.buffer(), block).era(era).word1(word1).word2(word2).word3(word3).word4(word4).state(state);
        rooms.events.end(eraChanged.limit());
    }
}
