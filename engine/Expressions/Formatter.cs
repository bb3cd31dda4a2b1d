namespace ProductionOffice.Expressions;

/// <summary>Turns a value into what is shown: a text, or a number, list or made content for the next formatter.</summary>
public delegate Value Formatter(FormatterCall call);
