<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>canvas</name>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n block</numerusform>
            <numerusform>%n blocks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>jobs</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln epoch(s)</source>
        <translation>
            <numerusform>%Ln epoch</numerusform>
            <numerusform>%Ln epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fit(s)</source>
        <translation>
            <numerusform>%Ln fit</numerusform>
            <numerusform>%Ln fits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln left out</numerusform>
            <numerusform>%Ln left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>outputs</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln class(es)</source>
        <translation>
            <numerusform>%Ln class</numerusform>
            <numerusform>%Ln classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MachineDialogs</name>
    <message numerus="yes">
        <source>Remove %n file(s), %1, from %2?</source>
        <translation>
            <numerusform>Remove %n file, %1, from %2?</numerusform>
            <numerusform>Remove %n files, %1, from %2?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MachineLog</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MachineOverview</name>
    <message numerus="yes">
        <source>Removed %n file(s), %1.</source>
        <translation>
            <numerusform>Removed %n file, %1.</numerusform>
            <numerusform>Removed %n files, %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MachinesPanel</name>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>%n second ago</numerusform>
            <numerusform>%n seconds ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Busy, %n job(s) of ours</source>
        <translation>
            <numerusform>Busy, %n job of ours</numerusform>
            <numerusform>Busy, %n jobs of ours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ready, %n job(s) of ours</source>
        <translation>
            <numerusform>Ready, %n job of ours</numerusform>
            <numerusform>Ready, %n jobs of ours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MainWindow</name>
    <message numerus="yes">
        <source>%n run(s) are in progress.</source>
        <translation>
            <numerusform>%n run is in progress.</numerusform>
            <numerusform>%n runs are in progress.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pipeline(s) have changes that are not saved in their files.</source>
        <translation>
            <numerusform>%Ln pipeline have changes that are not saved in their files.</numerusform>
            <numerusform>%Ln pipelines have changes that are not saved in their files.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MeasureView</name>
    <message numerus="yes">
        <source>Of %n validation picture(s)</source>
        <translation>
            <numerusform>Of %n validation picture</numerusform>
            <numerusform>Of %n validation pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n picture(s) it was not trained on</source>
        <translation>
            <numerusform>Of %n picture it was not trained on</numerusform>
            <numerusform>Of %n pictures it was not trained on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::studio::StatusStrip</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::studio::WelcomePage</name>
    <message numerus="yes">
        <source>This machine: %1, %n core(s), %2 memory, %3, %4 free on disk</source>
        <translation>
            <numerusform>This machine: %1, %n core, %2 memory, %3, %4 free on disk</numerusform>
            <numerusform>This machine: %1, %n cores, %2 memory, %3, %4 free on disk</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::AboutBlock</name>
    <message numerus="yes">
        <source>Uses %n processor core(s) and about %1 of memory.</source>
        <translation>
            <numerusform>Uses %n processor core and about %1 of memory.</numerusform>
            <numerusform>Uses %n processor cores and about %1 of memory.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::AugmentPreview</name>
    <message numerus="yes">
        <source>The picture and %n example(s) of it augmented</source>
        <translation>
            <numerusform>The picture and %n example of it augmented</numerusform>
            <numerusform>The picture and %n examples of it augmented</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::BlockHead</name>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n block</numerusform>
            <numerusform>%n blocks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::MixedPage</name>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n block</numerusform>
            <numerusform>%n blocks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ParamsForm</name>
    <message numerus="yes">
        <source>Puts %n changed setting(s) back to the default.</source>
        <translation>
            <numerusform>Puts %n changed setting back to the default.</numerusform>
            <numerusform>Puts %n changed settings back to the default.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PathEditor</name>
    <message numerus="yes">
        <source>%1 picture(s)</source>
        <translation>
            <numerusform>%1 picture</numerusform>
            <numerusform>%1 pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 picture(s) in %2 classes</source>
        <translation>
            <numerusform>%1 picture in %2 classes</numerusform>
            <numerusform>%1 pictures in %2 classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PipelinePage</name>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n block</numerusform>
            <numerusform>%n blocks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
</TS>
