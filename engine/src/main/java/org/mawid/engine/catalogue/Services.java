package org.mawid.engine.catalogue;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.DefineServiceDecoder;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.FeeTimeRowDecoder;
import org.mawid.sbe.ServiceDocumentsRowDecoder;
import org.mawid.sbe.ServiceRowDecoder;
import org.mawid.sbe.SetTariffDecoder;
import org.mawid.sbe.TariffVersionDecoder;

/** Services by id, 1 to 128, each with two versions of its tariff: in force, and next. */
public final class Services {
    /** Highest id. */
    public static final int MOST = 128;
    /** No tariff is in force. */
    public static final int NONE = -1;
    private static final int DURATION = ServiceRowDecoder.durationMinutesEncodingOffset();
    private static final int DEFINED = ServiceRowDecoder.definedEncodingOffset();
    private static final int SCOPE = ServiceRowDecoder.scopeEncodingOffset();
    private static final int VALIDATION = ServiceRowDecoder.validationRequiredEncodingOffset();
    private static final int APPOINTMENT = ServiceRowDecoder.appointmentRequiredEncodingOffset();
    private static final int URGENT = ServiceRowDecoder.urgentEncodingOffset();
    private static final int RESOURCES = ServiceRowDecoder.resourceKindsEncodingOffset();
    private static final int QUANTITY_MAX = ServiceRowDecoder.quantityMaxEncodingOffset();
    private static final int CODE = ServiceRowDecoder.codeEncodingOffset();
    private static final int OLDER = ServiceRowDecoder.olderEncodingOffset();
    private static final int NEWEST = ServiceRowDecoder.newestEncodingOffset();
    private static final int TARIFF_BYTES = ServiceRowDecoder.newestEncodingLength();
    private static final int VALID_FROM = TariffVersionDecoder.validFromMsEncodingOffset();
    private static final int UNIT_CENTIMES = TariffVersionDecoder.unitCentimesEncodingOffset();
    private static final int VERSION = TariffVersionDecoder.versionEncodingOffset();
    private static final int PARTS = TariffVersionDecoder.partsEncodingOffset();
    private static final int AMOUNTS = TariffVersionDecoder.amountsEncodingOffset();
    private static final int BENEFICIARIES = TariffVersionDecoder.beneficiariesEncodingOffset();

    private static final int FEE_TIME = FeeTimeRowDecoder.feeTimeEncodingOffset();
    private static final int KINDS = ServiceDocumentsRowDecoder.kindsEncodingOffset();
    private static final int VALIDATES = ServiceDocumentsRowDecoder.validatesEncodingOffset();
    private static final int DOCUMENTS_SET = ServiceDocumentsRowDecoder.setEncodingOffset();

    private final Rows rows;
    private final Rows feeTimes;
    private final Rows documents;
    private final Tariffs dropped;

    Services(final CoreMemory memory) {
        rows = new Rows(memory, TableIds.SERVICES, ServiceRowDecoder.BLOCK_LENGTH);
        feeTimes = new Rows(memory, TableIds.FEE_TIMES, FeeTimeRowDecoder.BLOCK_LENGTH);
        documents = new Rows(memory, TableIds.SERVICE_DOCUMENTS, ServiceDocumentsRowDecoder.BLOCK_LENGTH);
        dropped = new Tariffs(memory);
    }

    public boolean has(final int serviceId) {
        return serviceId > 0 && serviceId <= MOST && rows.has(serviceId) && field(serviceId, DEFINED) != 0;
    }

    /** Minutes of one unit of quantity. */
    public int durationMinutes(final int serviceId) {
        return Memory.getShort(rows.at(serviceId) + DURATION);
    }

    /** True when the post of registration alone may serve it. */
    public boolean isForRegisteredPost(final int serviceId) {
        return field(serviceId, SCOPE) != 0;
    }

    public boolean needsValidation(final int serviceId) {
        return field(serviceId, VALIDATION) != 0;
    }

    public boolean needsAppointment(final int serviceId) {
        return field(serviceId, APPOINTMENT) != 0;
    }

    public boolean isUrgent(final int serviceId) {
        return field(serviceId, URGENT) != 0;
    }

    /** Bit k = a place of PoolKind k is needed. */
    public int resourceKinds(final int serviceId) {
        return field(serviceId, RESOURCES);
    }

    public int quantityMax(final int serviceId) {
        return field(serviceId, QUANTITY_MAX);
    }

    /** When its fee is to be paid at the latest: value of {@link FeeTime}. */
    public int feeTime(final int serviceId) {
        return feeTimes.has(serviceId) ? Memory.getByte(feeTimes.at(serviceId) + FEE_TIME) : FeeTime.AT_POST.value();
    }

    void feeTime(final int serviceId, final int feeTime) {
        Memory.putByte(feeTimes.ensure(serviceId) + FEE_TIME, feeTime);
    }

    /** Whether it was ever said which documents it asks for. */
    public boolean saysDocuments(final int serviceId) {
        return documents.has(serviceId) && Memory.getByte(documents.at(serviceId) + DOCUMENTS_SET) != 0;
    }

    /** Kinds of documents that it asks for, bit k = DocumentKind k. */
    public int documentKinds(final int serviceId) {
        return saysDocuments(serviceId) ? Memory.getInt(documents.at(serviceId) + KINDS) : 0;
    }

    /** Whether a line is validated once all of them are there. */
    public boolean documentsValidate(final int serviceId) {
        return saysDocuments(serviceId) && Memory.getByte(documents.at(serviceId) + VALIDATES) != 0;
    }

    void documents(final int serviceId, final int kinds, final int validates) {
        final long at = documents.ensure(serviceId);
        Memory.putInt(at + KINDS, kinds);
        Memory.putByte(at + VALIDATES, validates);
        Memory.putByte(at + DOCUMENTS_SET, 1);
    }

    boolean hasCode(final int serviceId, final DirectBuffer code, final int offset) {
        return Memory.equal(rows.at(serviceId) + CODE, code, offset, Codes.BYTES);
    }

    void define(final int serviceId, final DefineServiceDecoder command, final DirectBuffer code, final int codeAt) {
        final long at = rows.ensure(serviceId);
        Memory.put(at + CODE, code, codeAt, Codes.BYTES);
        Memory.putShort(at + DURATION, command.durationMinutes());
        Memory.putByte(at + SCOPE, command.scopeRaw());
        Memory.putByte(at + VALIDATION, command.validationRequiredRaw());
        Memory.putByte(at + APPOINTMENT, command.appointmentRequiredRaw());
        Memory.putByte(at + URGENT, command.urgentRaw());
        Memory.putByte(at + RESOURCES, command.resourceKinds());
        Memory.putByte(at + QUANTITY_MAX, command.quantityMax());
        Memory.putByte(at + DEFINED, 1);
    }

    /** 0 = the service has no tariff. */
    long newestVersion(final int serviceId) {
        return Memory.getInt(rows.at(serviceId) + NEWEST + VERSION) & 0xFFFF_FFFFL;
    }

    /** Whether the next tariff pushes out the older of the two that are kept, under which stamps may have been issued. */
    boolean dropsTariff(final int serviceId, final long nowMs) {
        return tariffVersion(serviceId, 0) != 0 && isNewestInForce(serviceId, nowMs);
    }

    private boolean isNewestInForce(final int serviceId, final long nowMs) {
        return newestVersion(serviceId) != 0 && Memory.getLong(rows.at(serviceId) + NEWEST + VALID_FROM) <= nowMs;
    }

    /** Keeps the version in force, if any, and the new one; one that was to come is replaced. @param keepsDropped what is pushed out stays known by its parts */
    void setTariff(final int serviceId, final long nowMs, final SetTariffDecoder command, final boolean keepsDropped) {
        final long newest = rows.at(serviceId) + NEWEST;
        if (isNewestInForce(serviceId, nowMs)) {
            if (keepsDropped && tariffVersion(serviceId, 0) != 0) {
                dropped.keep(serviceId, rows.at(serviceId) + OLDER);
            }
            Memory.copy(newest, rows.at(serviceId) + OLDER, TARIFF_BYTES);
        }
        Memory.zero(newest, TARIFF_BYTES);
        Memory.putInt(newest + VERSION, (int) command.version());
        Memory.putLong(newest + VALID_FROM, command.validFromMs());
        long sum = 0;
        int part = 0;
        for (final SetTariffDecoder.ComponentsDecoder component : command.components()) {
            sum += component.amountCentimes();
            Memory.putInt(newest + AMOUNTS + 4 * part, (int) component.amountCentimes());
            Memory.putByte(newest + BENEFICIARIES + part, component.beneficiaryRaw());
            part++;
        }
        Memory.putInt(newest + PARTS, part);
        Memory.putLong(newest + UNIT_CENTIMES, sum);
    }

    /** The tariff in force: 1 = the newest, 0 = the older, {@link #NONE}. */
    public int tariff(final int serviceId, final long nowMs) {
        for (int which = 1; which >= 0; which--) {
            if (tariffVersion(serviceId, which) != 0 && tariffValidFromMs(serviceId, which) <= nowMs) {
                return which;
            }
        }
        return NONE;
    }

    /** 0 = there is none. @param which 1 = the newest, 0 = the older; as for those below */
    public long tariffVersion(final int serviceId, final int which) {
        return Memory.getInt(tariffAt(serviceId, which) + VERSION) & 0xFFFF_FFFFL;
    }

    public long tariffValidFromMs(final int serviceId, final int which) {
        return Memory.getLong(tariffAt(serviceId, which) + VALID_FROM);
    }

    /** Centimes of MAD for one unit of quantity. */
    public long unitCentimes(final int serviceId, final int which) {
        return Memory.getLong(tariffAt(serviceId, which) + UNIT_CENTIMES);
    }

    public int tariffParts(final int serviceId, final int which) {
        return Memory.getInt(tariffAt(serviceId, which) + PARTS);
    }

    public int partCentimes(final int serviceId, final int which, final int part) {
        return Memory.getInt(tariffAt(serviceId, which) + AMOUNTS + 4 * part);
    }

    /** Value of Beneficiary. */
    public int partBeneficiary(final int serviceId, final int which, final int part) {
        return Memory.getByte(tariffAt(serviceId, which) + BENEFICIARIES + part);
    }

    /**
     * What a stamp that was issued under this version is made of, by Beneficiary.
     *
     * @param version  unsigned
     * @param quantity 1 to 255
     * @param centimes the answer, an entry for each Beneficiary and one for 0; all zeros when the version is not known any more
     */
    public void components(final int serviceId, final int version, final int quantity, final long[] centimes) {
        Arrays.fill(centimes, 0);
        long tariff = 0;
        for (int which = 1; which >= 0 && tariff == 0; which--) {
            tariff = version != 0 && Memory.getInt(tariffAt(serviceId, which) + VERSION) == version ? tariffAt(serviceId, which) : 0;
        }
        tariff = tariff == 0 ? dropped.find(serviceId, version) : tariff;
        for (int part = tariff == 0 ? -1 : Memory.getInt(tariff + PARTS) - 1; part >= 0; part--) {
            centimes[Memory.getByte(tariff + BENEFICIARIES + part)] += (long) Memory.getInt(tariff + AMOUNTS + 4 * part) * quantity;
        }
    }

    /** Copies the 32 bytes of the code. */
    public void copyCode(final int serviceId, final MutableDirectBuffer to, final int offset) {
        Memory.get(rows.at(serviceId) + CODE, to, offset, Codes.BYTES);
    }

    void save(final StateWriter out) {
        rows.saveUsed(out, DEFINED);
    }

    void saveFeeTimes(final StateWriter out) {
        feeTimes.saveUsed(out, FEE_TIME);
    }

    Rows feeTimes() {
        return feeTimes;
    }

    void saveDocuments(final StateWriter out) {
        documents.saveUsed(out, DOCUMENTS_SET);
    }

    Rows documents() {
        return documents;
    }

    Rows rows() {
        return rows;
    }

    Tariffs dropped() {
        return dropped;
    }

    private long tariffAt(final int serviceId, final int which) {
        return rows.at(serviceId) + (which == 1 ? NEWEST : OLDER);
    }

    private int field(final int serviceId, final int field) {
        return Memory.getByte(rows.at(serviceId) + field);
    }
}
