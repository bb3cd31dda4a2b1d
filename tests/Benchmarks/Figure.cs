namespace ProductionOffice.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Sample">What it took; the rate counts what one operation is.</param>
/// <param name="Note">What else is to be known.</param>
internal sealed record Figure(string Name, Sample Sample, string Note = "");
