package org.mawid.engine.testkit;

import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.*; // one encoder for every command

/** The bytes of a {@link Command}. Writes what it is told, also what no edge would let through. */
public final class CommandWriter {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MoneyCommandWriter money = new MoneyCommandWriter();
    private final OfflineCommandWriter offline = new OfflineCommandWriter();
    private final DisplacementCommandWriter displacement = new DisplacementCommandWriter();
    private final HallCommandWriter hall = new HallCommandWriter();
    private final WaitingCommandWriter waiting = new WaitingCommandWriter();

    /** @return length of the whole message, header included */
    public int write(final Command command, final MutableDirectBuffer to, final int offset) {
        final int limit;
        if (command instanceof Command.Tick) {
            limit = tick(command, to, offset);
        } else if (command instanceof Command.SetCoreVersion c) {
            limit = setCoreVersion(c, to, offset);
        } else if (command instanceof Command.SetRules c) {
            limit = setRules(c, to, offset);
        } else if (command instanceof Command.Retire c) {
            limit = retire(c, to, offset);
        } else if (command instanceof Command.Money c) {
            limit = money.write(c, to, offset);
        } else if (command instanceof Command.Offline c) {
            limit = offline.write(c, to, offset);
        } else if (command instanceof Command.Waiting c) {
            return waiting.write(c, to, offset);
        } else if (command instanceof Command.Displacement c) {
            limit = displacement.write(c, to, offset);
        } else if (command instanceof Command.Hall c) {
            limit = hall.write(c, to, offset);
        } else {
            limit = catalogue(command, to, offset);
        }
        return limit - offset;
    }

    private int catalogue(final Command command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.DefinePost c) {
            final DefinePostEncoder message = new DefinePostEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.postId(c.postId()).code(c.code()).currency(c.currency()).minorDigits((short) c.minorDigits())
                    .roundToMinor(c.roundToMinor()).limit();
        }
        if (command instanceof Command.DefinePool c) {
            final DefinePoolEncoder message = new DefinePoolEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.poolId(c.poolId()).postId(c.postId()).kind(c.kind()).code(c.code()).limit();
        }
        if (command instanceof Command.DefineService c) {
            final DefineServiceEncoder message = new DefineServiceEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.serviceId(c.serviceId()).durationMinutes(c.durationMinutes()).code(c.code()).scope(c.scope())
                    .validationRequired(yes(c.validationRequired())).appointmentRequired(yes(c.appointmentRequired()))
                    .urgent(yes(c.urgent())).resourceKinds((short) c.resourceKinds()).quantityMax((short) c.quantityMax()).limit();
        }
        if (command instanceof Command.SetDeskService c) {
            final SetDeskServiceEncoder message = new SetDeskServiceEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.deskId(c.deskId()).serviceId(c.serviceId()).serves(yes(c.serves())).limit();
        }
        if (command instanceof Command.SetTariff c) {
            final SetTariffEncoder message = new SetTariffEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            message.serviceId(c.serviceId()).version(c.version()).validFromMs(c.validFromMs());
            final SetTariffEncoder.ComponentsEncoder group = message.componentsCount(c.components().size());
            c.components().forEach(one -> group.next().beneficiary(one.beneficiary()).amountCentimes(one.amountCentimes()));
            return message.limit();
        }
        if (command instanceof Command.SetRate c) {
            final SetRateEncoder message = new SetRateEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.postId(c.postId()).microMadPerUnit(c.microMadPerUnit()).limit();
        }
        if (command instanceof Command.SetServiceDocuments c) {
            final SetServiceDocumentsEncoder message = new SetServiceDocumentsEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.serviceId(c.serviceId()).kinds(c.kinds()).validates(yes(c.validates())).limit();
        }
        if (command instanceof Command.SetFeeTime c) {
            final SetFeeTimeEncoder message = new SetFeeTimeEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.serviceId(c.serviceId()).feeTime(c.feeTime()).limit();
        }
        return inventory(command, to, offset);
    }

    private int inventory(final Command command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.PublishDay c) {
            final PublishDayEncoder message = new PublishDayEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            final Command.DayPlan day = c.day();
            message.poolId(day.poolId()).epochDay(day.epochDay()).startMs(day.startMs()).releasedAtMs(day.releasedAtMs())
                    .unitCount((short) day.unitCount()).alignUnits((short) day.alignUnits());
            final PublishDayEncoder.RunsEncoder group = message.runsCount(day.runs().size());
            day.runs().forEach(run -> group.next().startUnit((short) run.startUnit()).units((short) run.units())
                    .capacity((short) run.capacity()).withheld((short) run.withheld()));
            if (!day.quotas().isEmpty() || !day.overbooked().isEmpty()) {
                final PublishDayEncoder.QuotasEncoder quotas = message.quotasCount(day.quotas().size());
                day.quotas().forEach(quota -> quotas.next().startUnit((short) quota.startUnit()).units((short) quota.units()).quotaClass(quota.quotaClass())
                        .places((short) quota.places()).spillMs(quota.spillMs()));
            }
            if (!day.overbooked().isEmpty()) {
                final PublishDayEncoder.OverbookedEncoder overbooked = message.overbookedCount(day.overbooked().size());
                day.overbooked().forEach(run -> overbooked.next().startUnit((short) run.startUnit()).units((short) run.units()).places((short) run.places()).untilMs(run.untilMs()));
            }
            return message.limit();
        }
        if (command instanceof Command.AddToChange c) {
            final AddToChangeEncoder message = new AddToChangeEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            final Command.DayPlan day = c.day();
            message.changeId(c.changeId()).poolId(day.poolId()).epochDay(day.epochDay()).startMs(day.startMs())
                    .releasedAtMs(day.releasedAtMs()).unitCount((short) day.unitCount()).alignUnits((short) day.alignUnits());
            final AddToChangeEncoder.RunsEncoder group = message.runsCount(day.runs().size());
            day.runs().forEach(run -> group.next().startUnit((short) run.startUnit()).units((short) run.units())
                    .capacity((short) run.capacity()).withheld((short) run.withheld()));
            if (!day.quotas().isEmpty() || !day.overbooked().isEmpty()) {
                final AddToChangeEncoder.QuotasEncoder quotas = message.quotasCount(day.quotas().size());
                day.quotas().forEach(quota -> quotas.next().startUnit((short) quota.startUnit()).units((short) quota.units()).quotaClass(quota.quotaClass())
                        .places((short) quota.places()).spillMs(quota.spillMs()));
            }
            if (!day.overbooked().isEmpty()) {
                final AddToChangeEncoder.OverbookedEncoder overbooked = message.overbookedCount(day.overbooked().size());
                day.overbooked().forEach(run -> overbooked.next().startUnit((short) run.startUnit()).units((short) run.units()).places((short) run.places()).untilMs(run.untilMs()));
            }
            return message.limit();
        }
        if (command instanceof Command.SetCapacity c) {
            final SetCapacityEncoder message = new SetCapacityEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.poolId(c.poolId()).epochDay(c.epochDay()).startUnit((short) c.startUnit()).units((short) c.units())
                    .capacity((short) c.capacity()).withheld((short) c.withheld()).limit();
        }
        if (command instanceof Command.BeginChange c) {
            final BeginChangeEncoder message = new BeginChangeEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.postId(c.postId()).limit();
        }
        if (command instanceof Command.ApplyChange c) {
            final ApplyChangeEncoder message = new ApplyChangeEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.changeId(c.changeId()).expectedVersion(c.expectedVersion()).limit();
        }
        if (command instanceof Command.AbandonChange c) {
            final AbandonChangeEncoder message = new AbandonChangeEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.changeId(c.changeId()).limit();
        }
        return application(command, to, offset);
    }

    private int application(final Command command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.SubmitApplication c) {
            final SubmitApplicationEncoder message = new SubmitApplicationEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            message.applicant(c.applicant()).postId(c.postId());
            final SubmitApplicationEncoder.LinesEncoder group = message.linesCount(c.lines().size());
            c.lines().forEach(line -> group.next().personKey(line.personKey()).serviceId(line.serviceId())
                    .registeredPostId(line.registeredPostId()).quantity((short) line.quantity()).ageBand(line.ageBand())
                    .priority(line.priority()).representative(yes(line.representative())));
            return message.limit();
        }
        if (command instanceof Command.ValidateLines c) {
            final ValidateLinesEncoder message = new ValidateLinesEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.applicationId(c.applicationId()).lines(c.lines()).limit();
        }
        if (command instanceof Command.RejectLines c) {
            final RejectLinesEncoder message = new RejectLinesEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.applicationId(c.applicationId()).lines(c.lines()).reasonHash(c.reasonHash()).reasonCode(c.reasonCode()).limit();
        }
        if (command instanceof Command.WithdrawLines c) {
            final WithdrawLinesEncoder message = new WithdrawLinesEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.applicationId(c.applicationId()).lines(c.lines()).limit();
        }
        if (command instanceof Command.SendMessage c) {
            final SendMessageEncoder message = new SendMessageEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.applicationId(c.applicationId()).textHash(c.textHash()).postId(c.postId()).topicCode(c.topicCode()).writer(c.writer()).limit();
        }
        if (command instanceof Command.RecordDocument c) {
            final RecordDocumentEncoder message = new RecordDocumentEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            message.applicationId(c.applicationId()).hash(c.hash()).bytes(c.bytes()).lines(c.lines()).pages(c.pages()).documentType(c.type()).scan(c.scan());
            if (c.kind() == null) {
                header.blockLength(RecordDocumentEncoder.kindEncodingOffset());
                return message.offset() + RecordDocumentEncoder.kindEncodingOffset();
            }
            return message.kind(c.kind()).limit();
        }
        if (command instanceof Command.AskForDocuments c) {
            final AskForDocumentsEncoder message = new AskForDocumentsEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.applicationId(c.applicationId()).textHash(c.textHash()).kinds(c.kinds()).lines(c.lines()).reasonCode(c.reasonCode()).limit();
        }
        if (command instanceof Command.ResubmitLines c) {
            final ResubmitLinesEncoder message = new ResubmitLinesEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.applicationId(c.applicationId()).lines(c.lines()).limit();
        }
        if (command instanceof Command.AssignApplication c) {
            final AssignApplicationEncoder message = new AssignApplicationEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.applicationId(c.applicationId()).forMs(c.forMs()).takesOver(yes(c.takesOver())).limit();
        }
        if (command instanceof Command.RecordAccess c) {
            final RecordAccessEncoder message = new RecordAccessEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.targetId(c.targetId()).detail(c.detail()).address(c.address()).leftOut(c.leftOut()).operation(c.operation()).reasonCode(c.reasonCode())
                    .targetKind(c.targetKind()).verdict(c.verdict()).limit();
        }
        if (command instanceof Command.IssueStamps c) {
            final IssueStampsEncoder message = new IssueStampsEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.applicationId(c.applicationId()).lines(c.lines()).postId(c.postId()).limit();
        }
        if (command instanceof Command.VoidStamp c) {
            final VoidStampEncoder message = new VoidStampEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.stampId(c.stampId()).limit();
        }
        return visit(command, to, offset);
    }

    private int visit(final Command command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.Hold c) {
            final HoldEncoder message = new HoldEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            message.applicationId(c.applicationId()).issueStamps(yes(c.issueStamps()));
            final HoldEncoder.LegsEncoder group = message.legsCount(c.legs().size());
            c.legs().forEach(leg -> group.next().deskId(leg.deskId()).lines(leg.lines()).epochDay(leg.epochDay())
                    .startUnit((short) leg.startUnit()).units((short) leg.units()));
            return message.limit();
        }
        if (command instanceof Command.ImportVisit c) {
            final ImportVisitEncoder message = new ImportVisitEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            message.applicationId(c.applicationId());
            final ImportVisitEncoder.LegsEncoder group = message.legsCount(c.legs().size());
            c.legs().forEach(leg -> group.next().deskId(leg.deskId()).lines(leg.lines()).epochDay(leg.epochDay())
                    .startUnit((short) leg.startUnit()).units((short) leg.units()));
            return message.limit();
        }
        if (command instanceof Command.Reschedule c) {
            final RescheduleEncoder message = new RescheduleEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            message.appointmentId(c.appointmentId());
            final RescheduleEncoder.LegsEncoder group = message.legsCount(c.legs().size());
            c.legs().forEach(leg -> group.next().deskId(leg.deskId()).lines(leg.lines()).epochDay(leg.epochDay())
                    .startUnit((short) leg.startUnit()).units((short) leg.units()));
            return message.limit();
        }
        if (command instanceof Command.Confirm c) {
            final ConfirmEncoder message = new ConfirmEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.holdId(c.holdId()).issueStamps(yes(c.issueStamps())).limit();
        }
        if (command instanceof Command.Release c) {
            final ReleaseEncoder message = new ReleaseEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.holdId(c.holdId()).limit();
        }
        if (command instanceof Command.WalkIn c) {
            final WalkInEncoder message = new WalkInEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            message.applicationId(c.applicationId()).applicant(c.applicant()).deskId(c.deskId()).epochDay(c.epochDay())
                    .served(c.served()).issueStamps(yes(c.issueStamps()));
            final WalkInEncoder.LinesEncoder group = message.linesCount(c.lines().size());
            c.lines().forEach(line -> group.next().personKey(line.personKey()).serviceId(line.serviceId())
                    .registeredPostId(line.registeredPostId()).quantity((short) line.quantity()).ageBand(line.ageBand())
                    .priority(line.priority()).representative(yes(line.representative())));
            return message.limit();
        }
        return appointment(command, to, offset);
    }

    private int appointment(final Command command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.ConfirmAttendance c) {
            final ConfirmAttendanceEncoder message = new ConfirmAttendanceEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.appointmentId(c.appointmentId()).limit();
        }
        if (command instanceof Command.Cancel c) {
            final CancelEncoder message = new CancelEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.appointmentId(c.appointmentId()).limit();
        }
        if (command instanceof Command.CheckIn c) {
            final CheckInEncoder message = new CheckInEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.appointmentId(c.appointmentId()).limit();
        }
        if (command instanceof Command.Call c) {
            final CallEncoder message = new CallEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.appointmentId(c.appointmentId()).counter((short) c.counter()).limit();
        }
        if (command instanceof Command.Serve c) {
            final ServeEncoder message = new ServeEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.appointmentId(c.appointmentId()).fulfilled(c.fulfilled()).limit();
        }
        if (command instanceof Command.MarkNoShow c) {
            final MarkNoShowEncoder message = new MarkNoShowEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.appointmentId(c.appointmentId()).limit();
        }
        throw new IllegalArgumentException(command.toString());
    }

    private int tick(final Command command, final MutableDirectBuffer to, final int offset) {
        final TickEncoder message = new TickEncoder().wrapAndApplyHeader(to, offset, header);
        request(command.request(), message.request());
        return message.limit();
    }

    private int setCoreVersion(final Command.SetCoreVersion c, final MutableDirectBuffer to, final int offset) {
        final SetCoreVersionEncoder message = new SetCoreVersionEncoder().wrapAndApplyHeader(to, offset, header);
        request(c.request(), message.request());
        return message.coreVersion(c.coreVersion()).limit();
    }

    private int setRules(final Command.SetRules c, final MutableDirectBuffer to, final int offset) {
        final SetRulesEncoder message = new SetRulesEncoder().wrapAndApplyHeader(to, offset, header);
        request(c.request(), message.request());
        final Command.Rules r = c.rules();
        return message.holdTtlMs(r.holdTtlMs()).holdBudgetRefillMs(r.holdBudgetRefillMs()).validationTtlMs(r.validationTtlMs())
                .rememberMs(r.rememberMs()).createdSkewMs(r.createdSkewMs()).checkInEarlyMs(r.checkInEarlyMs())
                .noShowGraceMs(r.noShowGraceMs()).retainMs(r.retainMs()).maxApplications(r.maxApplications()).maxLines(r.maxLines())
                .maxPersons(r.maxPersons()).maxAppointments(r.maxAppointments()).maxHolds(r.maxHolds()).maxLegs(r.maxLegs())
                .maxStamps(r.maxStamps()).maxDays(r.maxDays()).maxRequests(r.maxRequests()).maxClients(r.maxClients())
                .maxChanges(r.maxChanges()).horizonDays(r.horizonDays()).expiredPerTick(r.expiredPerTick())
                .holdsPerPerson((short) r.holdsPerPerson()).holdBudget((short) r.holdBudget())
                .openLinesPerPerson((short) r.openLinesPerPerson())
                .reschedulesPerAppointment((short) r.reschedulesPerAppointment()).limit();
    }

    private int retire(final Command.Retire c, final MutableDirectBuffer to, final int offset) {
        final RetireEncoder message = new RetireEncoder().wrapAndApplyHeader(to, offset, header);
        request(c.request(), message.request());
        final List<Long> ids = c.applications();
        final RetireEncoder.ApplicationsEncoder group = message.applicationsCount(ids.size());
        ids.forEach(id -> group.next().applicationId(id));
        return message.limit();
    }

    static void request(final Command.Request from, final RequestEncoder to) {
        to.deadlineMs(from.deadlineMs()).idHigh(from.idHigh()).idLow(from.idLow()).createdMs(from.createdMs())
                .sequence(from.sequence()).actor(from.actor()).onBehalfOf(from.onBehalfOf()).clientId(from.clientId())
                .channel(from.channel()).putReserved((short) 0, (short) 0, (short) 0);
    }

    static BooleanType yes(final boolean value) {
        return value ? BooleanType.YES : BooleanType.NO;
    }
}
