package org.mawid.engine.catalogue;

/**
 * Which rules of behaviour are in force, and what each version of them has brought: asked wherever an older log was answered otherwise.
 * The core thread only.
 */
public final class CoreVersion {
    private int inForce = 1;

    public int inForce() {
        return inForce;
    }

    /** @param version 1 to the newest that this build knows */
    public void inForce(final int version) {
        inForce = version;
    }

    /** From 2 on an application has a bounded number of stamps, and what is done with all that it has is bounded with it. */
    public boolean boundsStamps() {
        return inForce >= 2;
    }

    /** From 3 on stamps are paid, and every movement of money is booked. */
    public boolean keepsMoney() {
        return inForce >= 3;
    }

    /** From 4 on money that goes back after it was settled is a return, until a statement has it. */
    public boolean keepsReturns() {
        return inForce >= 4;
    }

    /** From 4 on a service says when its fee is to be paid. */
    public boolean knowsFeeTimes() {
        return inForce >= 4;
    }

    /** From 5 on days are closed by closures, and whoever loses a visit by one gets offers. */
    public boolean makesOffers() {
        return inForce >= 5;
    }

    /** From 5 on a post tells later what it recorded while its link was down. */
    public boolean recordsOffline() {
        return inForce >= 5;
    }

    /** From 6 on who has come to a post stands in a queue, and the next one is called from it by rule. */
    public boolean keepsHall() {
        return inForce >= 6;
    }

    /** From 6 on an appointment knows how long before its start it was made. */
    public boolean keepsLeadTimes() {
        return inForce >= 6;
    }

    /** From 6 on places are kept for channels, each by itself, until they are everybody's. */
    public boolean keepsQuotas() {
        return inForce >= 6;
    }

    /** From 6 on what an older system had under way is taken over: its appointments and stamps, with what they cost there. */
    public boolean takesOver() {
        return inForce >= 6;
    }

    /** From 7 on who wants room, or an earlier start, waits for it by their own wish, behind those who lost a visit. */
    public boolean keepsWaitlist() {
        return inForce >= 7;
    }

    /** From 7 on room that was given back is kept for those who wait before it is everybody's. */
    public boolean coolsRoom() {
        return inForce >= 7;
    }

    /** From 7 on a stamp that pays anew for what another one was paid for is as old as that one. */
    public boolean keepsAgeOfReused() {
        return inForce >= 7;
    }

    /** From 7 on a post and those who ask it for something write to each other. */
    public boolean sendsMessages() {
        return inForce >= 7;
    }

    /** From 7 on a day knows which of its places are beyond the desk's counters, and gives up those that nobody has taken as it comes near. */
    public boolean keepsOverbooking() {
        return inForce >= 7;
    }

    /** From 8 on what comes is offered along the whole line at once, and whoever has to be searched for on all dates is searched for beside that. */
    public boolean searchesBeside() {
        return inForce >= 8;
    }

    /** From 8 on it is known which documents an application has. */
    public boolean recordsDocuments() {
        return inForce >= 8;
    }

    /** From 8 on it is known who was let see what, and who was not. */
    public boolean recordsAccesses() {
        return inForce >= 8;
    }

    /** From 9 on an officer asks for documents, has an application for themselves for a while, and a service says which documents it asks for. */
    public boolean keepsReviews() {
        return inForce >= 9;
    }

    /** From 10 on it is known why a line is refused, or why documents of it are wanted. */
    public boolean keepsReasons() {
        return inForce >= 10;
    }

    /** From 10 on applicants say that they come to their appointments. */
    public boolean confirmsAttendance() {
        return inForce >= 10;
    }

    /** From 2 on a rate goes with the currency that it is a rate of. */
    public boolean ratesGoWithTheirCurrency() {
        return inForce >= 2;
    }
}
