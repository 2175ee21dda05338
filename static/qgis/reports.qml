<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.28.0" styleCategories="Symbology|Labeling" hasScaleBasedVisibilityFlag="0">
  <!-- Vector tiles of the reports (/tiles/reports/{z}/{x}/{y}.mvt): squares by their numbers, reports by their status. -->
  <renderer type="basic">
    <styles>
      <style name="kilka zgłoszeń" layer="reports" enabled="1" geometry="0" min-zoom="-1" max-zoom="-1" expression="&quot;reference&quot; IS NULL">
        <symbols>
          <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
            <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="name" type="QString" value="circle"/>
                <Option name="color" type="QString" value="31,78,121,220"/>
                <Option name="outline_color" type="QString" value="255,255,255,255"/>
                <Option name="outline_width" type="QString" value="0.4"/>
                <Option name="size" type="QString" value="6"/>
                <Option name="size_unit" type="QString" value="MM"/>
              </Option>
              <data_defined_properties>
                <Option type="Map">
                  <Option name="name" type="QString" value=""/>
                  <Option name="properties" type="Map">
                    <Option name="size" type="Map">
                      <Option name="active" type="bool" value="true"/>
                      <Option name="expression" type="QString" value="5 + 2 * log10(&quot;count&quot;)"/>
                      <Option name="type" type="int" value="3"/>
                    </Option>
                  </Option>
                  <Option name="type" type="QString" value="collection"/>
                </Option>
              </data_defined_properties>
            </layer>
          </symbol>
        </symbols>
      </style>
      <style name="czeka na jednostkę" layer="reports" enabled="1" geometry="0" min-zoom="-1" max-zoom="-1" expression="&quot;reference&quot; IS NOT NULL AND &quot;status&quot; = 'waiting'">
        <symbols>
          <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
            <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="name" type="QString" value="circle"/>
                <Option name="color" type="QString" value="11,99,206,255"/>
                <Option name="outline_color" type="QString" value="255,255,255,255"/>
                <Option name="outline_width" type="QString" value="0.3"/>
                <Option name="size" type="QString" value="3.2"/>
                <Option name="size_unit" type="QString" value="MM"/>
              </Option>
            </layer>
          </symbol>
        </symbols>
      </style>
      <style name="w realizacji" layer="reports" enabled="1" geometry="0" min-zoom="-1" max-zoom="-1" expression="&quot;reference&quot; IS NOT NULL AND &quot;status&quot; = 'in_progress'">
        <symbols>
          <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
            <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="name" type="QString" value="diamond"/>
                <Option name="color" type="QString" value="180,95,6,255"/>
                <Option name="outline_color" type="QString" value="255,255,255,255"/>
                <Option name="outline_width" type="QString" value="0.3"/>
                <Option name="size" type="QString" value="3.2"/>
                <Option name="size_unit" type="QString" value="MM"/>
              </Option>
            </layer>
          </symbol>
        </symbols>
      </style>
      <style name="załatwione" layer="reports" enabled="1" geometry="0" min-zoom="-1" max-zoom="-1" expression="&quot;reference&quot; IS NOT NULL AND &quot;status&quot; = 'resolved'">
        <symbols>
          <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
            <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="name" type="QString" value="square"/>
                <Option name="color" type="QString" value="27,122,61,255"/>
                <Option name="outline_color" type="QString" value="255,255,255,255"/>
                <Option name="outline_width" type="QString" value="0.3"/>
                <Option name="size" type="QString" value="3.2"/>
                <Option name="size_unit" type="QString" value="MM"/>
              </Option>
            </layer>
          </symbol>
        </symbols>
      </style>
      <style name="zakończone inaczej" layer="reports" enabled="1" geometry="0" min-zoom="-1" max-zoom="-1" expression="&quot;reference&quot; IS NOT NULL AND &quot;status&quot; = 'closed'">
        <symbols>
          <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
            <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="name" type="QString" value="octagon"/>
                <Option name="color" type="QString" value="90,99,110,255"/>
                <Option name="outline_color" type="QString" value="255,255,255,255"/>
                <Option name="outline_width" type="QString" value="0.3"/>
                <Option name="size" type="QString" value="3.2"/>
                <Option name="size_unit" type="QString" value="MM"/>
              </Option>
            </layer>
          </symbol>
        </symbols>
      </style>
    </styles>
  </renderer>
  <labeling type="basic">
    <styles>
      <style name="liczba zgłoszeń" layer="reports" enabled="1" geometry="0" min-zoom="-1" max-zoom="-1" expression="&quot;reference&quot; IS NULL">
        <settings calloutType="simple">
          <text-style fieldName="count" isExpression="0" fontFamily="Open Sans" fontSize="8" fontSizeUnit="Point" textColor="255,255,255,255" textOpacity="1"/>
          <placement placement="1" offsetType="0" quadOffset="4" priority="5"/>
          <rendering obstacle="0" displayAll="1"/>
        </settings>
      </style>
    </styles>
  </labeling>
  <blendMode>0</blendMode>
  <layerOpacity>1</layerOpacity>
</qgis>
