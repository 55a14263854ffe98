package org.mawid.engine.catalogue;

import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.DefinePoolDecoder;
import org.mawid.sbe.DefinePostDecoder;
import org.mawid.sbe.DefineServiceDecoder;
import org.mawid.sbe.DeskServiceSetEncoder;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.FeeTimeSetEncoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolDefinedEncoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.PostDefinedEncoder;
import org.mawid.sbe.RateSetEncoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceDefinedEncoder;
import org.mawid.sbe.ServiceDocumentsSetEncoder;
import org.mawid.sbe.SetDeskServiceDecoder;
import org.mawid.sbe.SetFeeTimeDecoder;
import org.mawid.sbe.SetRateDecoder;
import org.mawid.sbe.SetServiceDocumentsDecoder;
import org.mawid.sbe.SetTariffDecoder;
import org.mawid.sbe.TariffSetEncoder;

/**
 * Posts, pools, services, tariffs and rates: the commands that define them and what the other rooms ask.
 * Commands have passed the static checks; {@code offset} is where their message begins.
 */
public final class Catalogue {
    private static final int BLOCK = MessageHeaderDecoder.ENCODED_LENGTH;
    /** An event says what its command said: after its head the fields are the command's after the request. */
    private static final int REQUEST = RequestDecoder.ENCODED_LENGTH;
    private static final int HEAD = EventHeadEncoder.ENCODED_LENGTH;

    private final CoreVersion coreVersion = new CoreVersion();
    private final Rules rules;
    private final StampRules stampRules;
    private final Posts posts;
    private final Pools pools;
    private final Services services;
    private final Emitter events;
    private final DefinePostDecoder definePost = new DefinePostDecoder();
    private final DefinePoolDecoder definePool = new DefinePoolDecoder();
    private final DefineServiceDecoder defineService = new DefineServiceDecoder();
    private final SetDeskServiceDecoder setDeskService = new SetDeskServiceDecoder();
    private final SetTariffDecoder setTariff = new SetTariffDecoder();
    private final SetRateDecoder setRate = new SetRateDecoder();
    private final SetFeeTimeDecoder setFeeTime = new SetFeeTimeDecoder();
    private final SetServiceDocumentsDecoder setServiceDocuments = new SetServiceDocumentsDecoder();
    private final RateSetEncoder rateSet = new RateSetEncoder();

    private int changedPost;

    public Catalogue(final CoreMemory memory, final Emitter events) {
        this.rules = new Rules(memory);
        this.stampRules = new StampRules(memory);
        this.posts = new Posts(memory);
        this.pools = new Pools(memory);
        this.services = new Services(memory);
        this.events = events;
    }

    public CoreVersion coreVersion() {
        return coreVersion;
    }

    public Rules rules() {
        return rules;
    }

    public StampRules stampRules() {
        return stampRules;
    }

    public Posts posts() {
        return posts;
    }

    public Pools pools() {
        return pools;
    }

    public Services services() {
        return services;
    }

    public Result definePost(final DirectBuffer command, final int offset, final int length) {
        definePost.wrap(command, offset + BLOCK, DefinePostDecoder.BLOCK_LENGTH, DefinePostDecoder.SCHEMA_VERSION);
        final int postId = definePost.postId();
        final int code = offset + BLOCK + DefinePostDecoder.codeEncodingOffset();
        if (posts.has(postId) && !posts.hasCode(postId, command, code)) return Result.CATALOGUE_CONFLICT;
        final int currency = offset + BLOCK + DefinePostDecoder.currencyEncodingOffset();
        final boolean losesRate = coreVersion.ratesGoWithTheirCurrency() && posts.has(postId) && posts.microMadPerUnit(postId) != 0
                && !posts.hasMoney(postId, command, currency, definePost.minorDigits());

        posts.define(postId, command, code, command, currency, definePost.minorDigits(), definePost.roundToMinor());
        emit(PostDefinedEncoder.TEMPLATE_ID, PostDefinedEncoder.BLOCK_LENGTH, postId, command, offset, length);
        if (losesRate) {
            posts.microMadPerUnit(postId, 0);
            final int block = events.begin(RateSetEncoder.TEMPLATE_ID, RateSetEncoder.BLOCK_LENGTH, postId);
            rateSet.wrap(events.buffer(), block).postId(postId).microMadPerUnit(0);
            events.end(rateSet.limit());
        }
        return Result.OK;
    }

    public Result definePool(final DirectBuffer command, final int offset, final int length) {
        definePool.wrap(command, offset + BLOCK, DefinePoolDecoder.BLOCK_LENGTH, DefinePoolDecoder.SCHEMA_VERSION);
        final int poolId = definePool.poolId();
        final int postId = definePool.postId();
        final PoolKind kind = definePool.kind();
        final int code = offset + BLOCK + DefinePoolDecoder.codeEncodingOffset();
        if (!posts.has(postId)) return Result.POST_UNKNOWN;
        final boolean isNew = !pools.has(poolId);
        if (!isNew && !pools.isSame(poolId, postId, kind.value(), command, code)) return Result.CATALOGUE_CONFLICT;
        if (isNew && kind != PoolKind.DESK && posts.resource(postId, kind.value()) != 0) return Result.CATALOGUE_CONFLICT;
        if (isNew && posts.poolCount(postId) == Posts.MOST_POOLS) return Result.CATALOGUE_CONFLICT;

        if (isNew) {
            pools.define(poolId, postId, kind.value(), command, code);
            posts.addPool(postId, poolId, kind);
        }
        changedPost = postId;
        emit(PoolDefinedEncoder.TEMPLATE_ID, PoolDefinedEncoder.BLOCK_LENGTH, postId, command, offset, length);
        return Result.OK;
    }

    public Result defineService(final DirectBuffer command, final int offset, final int length) {
        defineService.wrap(command, offset + BLOCK, DefineServiceDecoder.BLOCK_LENGTH, DefineServiceDecoder.SCHEMA_VERSION);
        final int serviceId = defineService.serviceId();
        final int code = offset + BLOCK + DefineServiceDecoder.codeEncodingOffset();
        if (services.has(serviceId) && !services.hasCode(serviceId, command, code)) return Result.CATALOGUE_CONFLICT;

        services.define(serviceId, defineService, command, code);
        emit(ServiceDefinedEncoder.TEMPLATE_ID, ServiceDefinedEncoder.BLOCK_LENGTH, 0, command, offset, length);
        return Result.OK;
    }

    /** Whose desks or resources the last command changed that was done, of a pool or of what a desk serves. */
    public int changedPost() {
        return changedPost;
    }

    public Result setDeskService(final DirectBuffer command, final int offset, final int length) {
        setDeskService.wrap(command, offset + BLOCK, SetDeskServiceDecoder.BLOCK_LENGTH, SetDeskServiceDecoder.SCHEMA_VERSION);
        final int deskId = setDeskService.deskId();
        if (!pools.isDesk(deskId)) return Result.POOL_UNKNOWN;
        if (!services.has(setDeskService.serviceId())) return Result.SERVICE_UNKNOWN;

        pools.serves(deskId, setDeskService.serviceId(), setDeskService.servesRaw() != 0);
        changedPost = pools.post(deskId);
        emit(DeskServiceSetEncoder.TEMPLATE_ID, DeskServiceSetEncoder.BLOCK_LENGTH, pools.post(deskId), command, offset, length);
        return Result.OK;
    }

    public Result setTariff(final long nowMs, final DirectBuffer command, final int offset, final int length, final Outcome outcome) {
        setTariff.wrap(command, offset + BLOCK, SetTariffDecoder.BLOCK_LENGTH, SetTariffDecoder.SCHEMA_VERSION);
        final int serviceId = setTariff.serviceId();
        if (!services.has(serviceId)) return Result.SERVICE_UNKNOWN;
        final long newest = services.newestVersion(serviceId);
        if (setTariff.version() <= newest) {
            outcome.set(Result.CONFLICT, newest, 0, 0);
            return Result.CONFLICT;
        }
        if (coreVersion.keepsMoney() && services.dropsTariff(serviceId, nowMs) && services.dropped().isFull()) return Result.TARIFFS_FULL;

        services.setTariff(serviceId, nowMs, setTariff, coreVersion.keepsMoney());
        emit(TariffSetEncoder.TEMPLATE_ID, TariffSetEncoder.BLOCK_LENGTH, 0, command, offset, length);
        return Result.OK;
    }

    public Result setRate(final DirectBuffer command, final int offset, final int length) {
        setRate.wrap(command, offset + BLOCK, SetRateDecoder.BLOCK_LENGTH, SetRateDecoder.SCHEMA_VERSION);
        if (!posts.has(setRate.postId())) return Result.POST_UNKNOWN;

        posts.microMadPerUnit(setRate.postId(), setRate.microMadPerUnit());
        emit(RateSetEncoder.TEMPLATE_ID, RateSetEncoder.BLOCK_LENGTH, setRate.postId(), command, offset, length);
        return Result.OK;
    }

    public Result setFeeTime(final DirectBuffer command, final int offset, final int length) {
        setFeeTime.wrap(command, offset + BLOCK, SetFeeTimeDecoder.BLOCK_LENGTH, SetFeeTimeDecoder.SCHEMA_VERSION);
        if (!coreVersion.knowsFeeTimes()) return Result.CORE_VERSION_UNSUPPORTED;
        if (!services.has(setFeeTime.serviceId())) return Result.SERVICE_UNKNOWN;

        services.feeTime(setFeeTime.serviceId(), setFeeTime.feeTimeRaw());
        emit(FeeTimeSetEncoder.TEMPLATE_ID, FeeTimeSetEncoder.BLOCK_LENGTH, 0, command, offset, length);
        return Result.OK;
    }

    public Result setServiceDocuments(final DirectBuffer command, final int offset, final int length) {
        setServiceDocuments.wrap(command, offset + BLOCK, SetServiceDocumentsDecoder.BLOCK_LENGTH, SetServiceDocumentsDecoder.SCHEMA_VERSION);
        if (!coreVersion.keepsReviews()) return Result.CORE_VERSION_UNSUPPORTED;
        if (!services.has(setServiceDocuments.serviceId())) return Result.SERVICE_UNKNOWN;

        services.documents(setServiceDocuments.serviceId(), (int) setServiceDocuments.kinds(), setServiceDocuments.validatesRaw());
        emit(ServiceDocumentsSetEncoder.TEMPLATE_ID, ServiceDocumentsSetEncoder.BLOCK_LENGTH, 0, command, offset, length);
        return Result.OK;
    }

    public void save(final StateWriter out) {
        rules.save(out);
        posts.save(out);
        pools.save(out);
        services.save(out);
        services.dropped().save(out);
        stampRules.save(out);
        services.saveFeeTimes(out);
        services.saveDocuments(out);
    }

    /** @return false when the present run is not of this room */
    public boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.RULES -> rules.load(in);
            case TableIds.POSTS -> posts.rows().load(in);
            case TableIds.POOLS -> pools.rows().load(in);
            case TableIds.SERVICES -> services.rows().load(in);
            case TableIds.TARIFFS -> services.dropped().load(in);
            case TableIds.FEE_TIMES -> services.feeTimes().load(in);
            case TableIds.SERVICE_DOCUMENTS -> services.documents().load(in);
            case TableIds.STAMP_RULES -> stampRules.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Finds again what is not in the rows. */
    public void loaded() {
        services.dropped().loaded();
        for (int poolId = 1; poolId <= Pools.MOST; poolId++) {
            if (pools.has(poolId)) {
                posts.know(pools.post(poolId), poolId, pools.kind(poolId));
            }
        }
    }

    private void emit(final int templateId, final int blockLength, final int postId, final DirectBuffer command, final int offset, final int length) {
        final int block = events.begin(templateId, blockLength, postId);
        final int said = length - BLOCK - REQUEST;
        events.buffer().putBytes(block + HEAD, command, offset + BLOCK + REQUEST, said);
        events.end(block + HEAD + said);
    }
}
