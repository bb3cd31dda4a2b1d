namespace ProductionOffice.Kiosk.Core.Screens;

/// <summary>What is open on the desk: its own state, what keys do to it, what it looks like.</summary>
internal abstract record Screen
{
    public abstract Scope Scope { get; }

    /// <summary>Whether something was typed that would be lost.</summary>
    public virtual bool IsDirty => false;

    /// <summary>What it is called where one is asked to leave it.</summary>
    public virtual string Name => "";

    public abstract Scene Draw(Model model);

    /// <summary>Takes a character. Has no effect outside the screen, so that a scan can take it back.</summary>
    public virtual Screen Type(Model model, string text) => this;

    /// <summary>Takes a key without a binding.</summary>
    public virtual Screen Edit(Model model, Key key) => this;

    public virtual Step Do(Model model, Command command) => model;

    public virtual Step Scan(Model model, string code) => ScanRouter.Route(model, code);

    /// <summary>A record was saved while this screen was open.</summary>
    public virtual Model AfterSave(Model model, DeskEvent e) => model;

    /// <summary>The list of people or parcels has changed.</summary>
    public virtual Screen Refresh(Model model) => this;
}

/// <summary>A question or a help over the screen.</summary>
internal abstract record Overlay
{
    public abstract Scope Scope { get; }

    public abstract Step Do(Model model, Command command);

    public abstract Scene DrawOver(Model model, Scene below);
}
