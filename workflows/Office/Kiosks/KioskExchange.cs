namespace ProductionOffice.Office.Kiosks;

/// <summary>Body of <c>POST /kiosk/v1/pair</c>.</summary>
/// <param name="Code">The pairing code shown on the board, 6 digits.</param>
/// <param name="Name">What the desk is called, for example <c>Front desk</c>.</param>
public sealed record PairRequest(string Code, string Name);

/// <summary>Answer to a pairing.</summary>
/// <param name="Kiosk">Id given to the kiosk, for example <c>K1</c>.</param>
/// <param name="Token">Device token, shown once; sent as <c>Authorization: Bearer</c>.</param>
/// <param name="Production">Working title, the only name of the show a kiosk prints.</param>
public sealed record PairAnswer(string Kiosk, string Token, string Production);

/// <summary>Body of <c>POST /kiosk/v1/events</c>: an ordered batch, at most 100.</summary>
public sealed record EventBatch(IReadOnlyList<KioskEvent> Events);

/// <summary>Answer to a batch, one result for each record in its order.</summary>
public sealed record EventBatchAnswer(IReadOnlyList<EventResult> Results);

/// <summary>What became of one record.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Result">accepted, duplicate or rejected.</param>
/// <param name="Reason">Why it was rejected, in words for a person; else null.</param>
public sealed record EventResult(long Seq, string Result, string? Reason);

/// <summary>Answer of <c>GET /kiosk/v1/reference?version=</c> (304 when unchanged): all a desk needs while the server is away.</summary>
/// <param name="Version">Token of this state.</param>
/// <param name="At">When it was taken, UTC.</param>
/// <param name="Production">Working title.</param>
/// <param name="People">Crew and cast, without any deal terms.</param>
/// <param name="Departments">All departments.</param>
/// <param name="Waiting">Parcels that wait for somebody.</param>
public sealed record ReferenceData(
    string Version, DateTimeOffset At, string Production,
    IReadOnlyList<ReferencePerson> People, IReadOnlyList<ReferenceDepartment> Departments, IReadOnlyList<WaitingDelivery> Waiting);

/// <summary>A person as a desk may know them.</summary>
/// <param name="Id">Id of the directory.</param>
/// <param name="Name">Full name, given name first.</param>
/// <param name="DepartmentId">Department, or <c>CAST</c>.</param>
/// <param name="Department">Its name.</param>
/// <param name="In">Whether they are in the office now, as far as the server knows.</param>
/// <param name="Since">Since when, UTC; null when unknown.</param>
public sealed record ReferencePerson(string Id, string Name, string DepartmentId, string Department, bool In, DateTimeOffset? Since);

/// <summary>A department as a recipient.</summary>
/// <param name="Id">Id of the directory.</param>
/// <param name="Name">Its name.</param>
/// <param name="Shelf">Where its parcels lie by default; null when undecided.</param>
public sealed record ReferenceDepartment(string Id, string Name, string? Shelf);

/// <summary>A parcel that waits.</summary>
public sealed record WaitingDelivery(
    string Number, string? Tracking, string? Courier, string? From, string? PersonId, string? DepartmentId, string Recipient,
    int Pieces, string? Shelf, bool Perishable, bool SignatureRequired, DateTimeOffset At);
